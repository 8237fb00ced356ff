/**
 * Whether what was found can carry an answer. Not here: the answer, and whether it is right.
 */
@NullMarked
package org.cartulary.retrieval.answerability;

import org.jspecify.annotations.NullMarked;

/**
 * Who may do what, and the evidence that it was done. Not here: what documents say, how they are found, or how models
 * answer.
 */
@NullMarked
package org.cartulary.compliance;

import org.jspecify.annotations.NullMarked;

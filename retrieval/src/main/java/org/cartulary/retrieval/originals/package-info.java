/**
 * The files as they arrived, encrypted with a key per document. Not here: what is in them, and who may open them.
 */
@NullMarked
package org.cartulary.retrieval.originals;

import org.jspecify.annotations.NullMarked;

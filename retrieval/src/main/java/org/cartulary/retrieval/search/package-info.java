/**
 * From a question to passages: both legs under the reader's filter, fused, read from one snapshot. Not here: what is
 * said of the passages found.
 */
@NullMarked
package org.cartulary.retrieval.search;

import org.jspecify.annotations.NullMarked;

/**
 * What every embedder and reranker in a worker has in common, whichever native engine runs it: shapes, pooling, windows
 * over long texts, what a usable vector is, the check of an engine against itself. Pure arithmetic. Not here: native
 * code, queues, sockets.
 */
@NullMarked
package org.cartulary.inference.embedding;

import org.jspecify.annotations.NullMarked;

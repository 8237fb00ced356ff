/**
 * Passages by meaning: vectors in pgvector, written with the passages and searched exactly or by HNSW. Not here: the
 * model that makes the vectors.
 */
@NullMarked
package org.cartulary.retrieval.dense;

import org.jspecify.annotations.NullMarked;

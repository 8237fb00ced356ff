/**
 * What vectors and postings are made of: the embedder, the chunker, the analyser and their versions, under one name
 * that answers and receipts quote. Not here: the vectors and postings themselves.
 */
@NullMarked
package org.cartulary.retrieval.generation;

import org.jspecify.annotations.NullMarked;

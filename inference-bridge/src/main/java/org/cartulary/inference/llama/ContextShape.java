package org.cartulary.inference.llama;

/**
 * What a context is allocated for.
 *
 * @param cacheTokens places in the key-value cache, shared by all sequences
 * @param batchTokens most tokens in one step
 * @param sequences most sequences at a time
 * @param outputs most tokens in one step whose successors' probabilities are wanted
 * @param threads that compute; they spin, so never more than free physical cores
 */
record ContextShape(int cacheTokens, int batchTokens, int sequences, int outputs, int threads) {}

package org.cartulary.inference;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the next token is chosen.
 *
 * @param temperature 0 chooses the likeliest token always; otherwise up to 2
 * @param topP keep the likeliest tokens whose probabilities sum to this; in (0, 1]
 * @param minP drop tokens less likely than this share of the likeliest; in [0, 1)
 * @param repeatPenalty 1 for none; up to 2
 * @param seed of the sampler; an answer records it
 * @param grammar a GBNF grammar with start rule {@code root} that the text must follow, or null
 * @param logitBias what is added to the log-odds of some tokens, by id, each -100 to 100; at most 1,024
 */
public record Sampling(
        float temperature,
        float topP,
        float minP,
        float repeatPenalty,
        long seed,
        @Nullable String grammar,
        Map<Integer, Float> logitBias) {
    /** The likeliest token always, no grammar. */
    public static final Sampling GREEDY = new Sampling(0, 1, 0, 1, 0, null);

    private static final int MAX_BIASED_TOKENS = 1024;

    public Sampling {
        require(temperature >= 0 && temperature <= 2, "temperature must lie in 0 to 2", temperature);
        require(topP > 0 && topP <= 1, "top-p must lie above 0 and at most at 1", topP);
        require(minP >= 0 && minP < 1, "min-p must lie in 0 to below 1", minP);
        require(repeatPenalty >= 1 && repeatPenalty <= 2, "the repetition penalty must lie in 1 to 2", repeatPenalty);
        logitBias = Map.copyOf(logitBias);
        require(logitBias.size() <= MAX_BIASED_TOKENS, "at most 1,024 tokens can have a bias", logitBias.size());
        logitBias
                .values()
                .forEach(bias -> require(bias >= -100 && bias <= 100, "a bias must lie in -100 to 100", bias));
    }

    /** Without biases. */
    public Sampling(
            float temperature, float topP, float minP, float repeatPenalty, long seed, @Nullable String grammar) {
        this(temperature, topP, minP, repeatPenalty, seed, grammar, Map.of());
    }

    /** The same sampling under a grammar. */
    public Sampling withGrammar(String gbnf) {
        return new Sampling(temperature, topP, minP, repeatPenalty, seed, gbnf, logitBias);
    }

    /** The same sampling with biases. */
    public Sampling withLogitBias(Map<Integer, Float> biases) {
        return new Sampling(temperature, topP, minP, repeatPenalty, seed, grammar, biases);
    }

    private static void require(boolean holds, String rule, float value) {
        if (!holds) {
            throw new IllegalArgumentException(rule + ", but was " + value);
        }
    }
}

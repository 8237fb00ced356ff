package org.cartulary.appliance.openai;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import org.cartulary.inference.Sampling;
import org.jspecify.annotations.Nullable;

/** How the caller wants tokens chosen: the likeliest always, unless he says otherwise. */
final class SamplingParameters {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String BIAS = "logit_bias";
    private static final int MOST_BIASES = 1024;

    private SamplingParameters() {}

    static Sampling parse(Parameters parameters) {
        float temperature = (float) parameters.number("temperature", 0, value -> value >= 0 && value <= 2, "of 0 to 2");
        return new Sampling(
                temperature,
                (float) parameters.number("top_p", 1, value -> value > 0 && value <= 1, "above 0, at most 1"),
                (float) parameters.number("min_p", 0, value -> value >= 0 && value < 1, "of 0 to below 1"),
                (float) parameters.number("repeat_penalty", 1, value -> value >= 1 && value <= 2, "of 1 to 2"),
                seed(parameters, temperature),
                AnswerFormat.parse(parameters),
                biases(parameters.any(BIAS)));
    }

    /** Who wants chance and names no seed gets another answer each time; the seed is on record. */
    private static long seed(Parameters parameters, float temperature) {
        long standard = temperature == 0 ? 0 : RANDOM.nextInt() & 0xFFFF_FFFFL;
        return parameters.integer("seed", standard, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    private static Map<Integer, Float> biases(@Nullable Object value) {
        if (value == null) {
            return Map.of();
        }
        if (!(value instanceof Map<?, ?> given) || given.size() > MOST_BIASES) {
            throw Parameters.refused(BIAS, "logit_bias must be an object of at most " + MOST_BIASES + " token ids.");
        }
        Map<Integer, Float> biases = new HashMap<>();
        given.forEach((token, bias) -> biases.put(token(token), bias(bias)));
        return biases;
    }

    private static int token(@Nullable Object name) {
        try {
            return Integer.parseUnsignedInt(String.valueOf(name));
        } catch (NumberFormatException e) {
            throw Parameters.refused(BIAS, "logit_bias names \"" + name + "\", but a token has a number of 0 or more.");
        }
    }

    private static float bias(@Nullable Object value) {
        if (value instanceof Number number && number.doubleValue() >= -100 && number.doubleValue() <= 100) {
            return number.floatValue();
        }
        throw Parameters.refused(BIAS, "A bias in logit_bias must lie in -100 to 100, but was " + value + ".");
    }
}

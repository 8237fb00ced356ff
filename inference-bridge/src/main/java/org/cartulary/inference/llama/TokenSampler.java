package org.cartulary.inference.llama;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.Random;
import org.cartulary.inference.InferenceRefused;
import org.cartulary.inference.Refusal;
import org.cartulary.inference.Sampling;
import org.cartulary.inference.grammar.GrammarWalk;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the tokens of one answer: bias, grammar, repetition penalty, top-p, min-p, temperature, in this order. The
 * grammar comes before anything that drops candidates, so that an allowed token is always left. Used by one thread.
 *
 * <p>Written in Java: the native samplers end the process on misuse, and {@link Random}, whose algorithm is specified,
 * lets a recorded seed give the same choices for ever.
 */
final class TokenSampler {
    /** How many tokens of the answer the repetition penalty looks back on. */
    private static final int PENALTY_WINDOW = 64;

    /** What is this much less likely than the likeliest (e to the power of it) adds nothing that counts to a sum. */
    private static final float NEGLIGIBLE = 24;

    /** No token may come next. */
    static final int NONE = -1;

    private final Sampling sampling;
    private final @Nullable GrammarWalk grammar;
    private final Random random;
    private final Deque<Integer> recent = new ArrayDeque<>();

    TokenSampler(Sampling sampling, @Nullable GrammarWalk grammar) {
        this.sampling = sampling;
        this.grammar = grammar;
        this.random = new Random(sampling.seed());
    }

    /**
     * Chooses and remembers the next token.
     *
     * @param logits log-odds of each token, overwritten
     * @return the token, or {@link #NONE} when the grammar allows none
     * @throws LlamaFault when the model gave no numbers
     * @throws InferenceRefused when a bias names a token that the vocabulary lacks, or the grammar can be read in too many
     *     ways at once
     */
    int next(float[] logits) {
        requireNumbers(logits);
        bias(logits);
        int token = choose(grammar == null ? logits : logits.clone());
        if (grammar != null && (token == NONE || !grammar.allows(token))) {
            grammar.restrict(logits);
            token = choose(logits);
        }
        if (token != NONE) {
            remember(token);
        }
        return token;
    }

    /** A model whose weights are damaged, or whose kernels are wrong here, gives NaN: no token is likelier then. */
    private static void requireNumbers(float[] logits) {
        for (float logit : logits) {
            if (Float.isNaN(logit) || logit == Float.POSITIVE_INFINITY) {
                throw new LlamaFault("The model gives no usable numbers (" + logit
                        + "): its file is damaged or this processor computes it wrongly.");
            }
        }
    }

    private void bias(float[] logits) {
        for (Map.Entry<Integer, Float> bias : sampling.logitBias().entrySet()) {
            int token = bias.getKey();
            if (token < 0 || token >= logits.length) {
                throw new InferenceRefused(new Refusal.BadRequest("The bias names token " + token
                        + ", but the model's vocabulary has " + logits.length + " tokens, from 0."));
            }
            logits[token] += bias.getValue();
        }
    }

    private void remember(int token) {
        if (grammar != null) {
            grammar.accept(token);
        }
        recent.addLast(token);
        if (recent.size() > PENALTY_WINDOW) {
            recent.removeFirst();
        }
    }

    private int choose(float[] logits) {
        penalise(logits);
        int best = likeliest(logits);
        if (best == NONE || sampling.temperature() == 0) {
            return best;
        }
        return draw(logits, logits[best], cutoff(logits, logits[best]));
    }

    private void penalise(float[] logits) {
        if (sampling.repeatPenalty() != 1) {
            recent.stream()
                    .distinct()
                    .forEach(token -> logits[token] = logits[token] > 0
                            ? logits[token] / sampling.repeatPenalty()
                            : logits[token] * sampling.repeatPenalty());
        }
    }

    private static int likeliest(float[] logits) {
        int best = NONE;
        float highest = Float.NEGATIVE_INFINITY;
        for (int token = 0; token < logits.length; token++) {
            if (logits[token] > highest) {
                highest = logits[token];
                best = token;
            }
        }
        return best;
    }

    /** The lowest log-odds that stay candidates under top-p and min-p. */
    private float cutoff(float[] logits, float highest) {
        float byMinP = sampling.minP() == 0 ? Float.NEGATIVE_INFINITY : highest + (float) Math.log(sampling.minP());
        return sampling.topP() == 1 ? byMinP : Math.max(byMinP, topPCutoff(logits, highest));
    }

    /** Sorts only what counts: vocabularies have up to 260,000 tokens, and this runs for each token of each answer. */
    private float topPCutoff(float[] logits, float highest) {
        float[] sorted = new float[logits.length];
        int count = 0;
        for (float logit : logits) {
            if (logit > highest - NEGLIGIBLE) {
                sorted[count++] = logit;
            }
        }
        Arrays.sort(sorted, 0, count);
        double total = 0;
        for (int i = 0; i < count; i++) {
            total += Math.exp(sorted[i] - highest);
        }
        double kept = 0;
        int at = count;
        while (at > 0 && kept < sampling.topP() * total) {
            kept += Math.exp(sorted[--at] - highest);
        }
        return sorted[Math.min(at, count - 1)];
    }

    private int draw(float[] logits, float highest, float cutoff) {
        double[] weights = new double[logits.length];
        double total = 0;
        for (int token = 0; token < logits.length; token++) {
            if (logits[token] >= cutoff && logits[token] != Float.NEGATIVE_INFINITY) {
                weights[token] = Math.exp((logits[token] - highest) / sampling.temperature());
                total += weights[token];
            }
        }
        double target = random.nextDouble() * total;
        int last = NONE;
        for (int token = 0; token < weights.length; token++) {
            if (weights[token] > 0) {
                last = token;
                target -= weights[token];
                if (target < 0) {
                    return token;
                }
            }
        }
        return last;
    }
}

package org.cartulary.inference.llama;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.cartulary.inference.TokenLogprob;

/** Natural logarithms of token probabilities out of log-odds. */
final class LogLikelihood {
    private LogLikelihood() {}

    /** Log-probability of a token. */
    static double of(int token, float[] logits) {
        return logits[token] - scale(logits);
    }

    /** What to subtract from a token's log-odds to get its log-probability. */
    static double scale(float[] logits) {
        float highest = Float.NEGATIVE_INFINITY;
        for (float logit : logits) {
            highest = Math.max(highest, logit);
        }
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - highest);
        }
        return highest + Math.log(sum);
    }

    /** A token's log-probability, and the likeliest tokens in its place. */
    static TokenLogprob report(int token, float[] logits, int top, Vocabulary vocabulary) {
        double scale = scale(logits);
        List<TokenLogprob> likeliest = likeliest(logits, top).stream()
                .map(other -> new TokenLogprob(other, vocabulary.bytes(other), logits[other] - scale, List.of()))
                .toList();
        return new TokenLogprob(token, vocabulary.bytes(token), logits[token] - scale, likeliest);
    }

    /** The tokens with the highest log-odds, highest first. */
    private static List<Integer> likeliest(float[] logits, int count) {
        PriorityQueue<Integer> best = new PriorityQueue<>(Comparator.comparingDouble(token -> logits[token]));
        for (int token = 0; token < logits.length && count > 0; token++) {
            if (best.size() < count) {
                best.add(token);
            } else if (logits[token] > logits[best.element()]) {
                best.remove();
                best.add(token);
            }
        }
        List<Integer> sorted = new ArrayList<>(best);
        sorted.sort(Comparator.comparingDouble(token -> -logits[token]));
        return sorted;
    }
}

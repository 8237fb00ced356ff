package org.cartulary.inference.llama;

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
}

package org.cartulary.inference;

import java.util.List;

/**
 * How likely the model found a token of its answer, before grammar, penalties and temperature.
 *
 * @param token its id
 * @param bytes what it stands for, each 0 to 255; not always whole characters
 * @param logprob natural logarithm of its probability
 * @param top the likeliest tokens in its place, likeliest first, as many as were asked for; theirs are empty
 */
public record TokenLogprob(int token, List<Integer> bytes, double logprob, List<TokenLogprob> top) {
    public TokenLogprob {
        bytes = List.copyOf(bytes);
        top = List.copyOf(top);
    }
}

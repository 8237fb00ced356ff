package org.cartulary.inference;

import java.util.List;

/**
 * The tokens of a prompt and of its answer: what a replay starts from and is compared with.
 *
 * @param prompt ids of the rendered prompt
 * @param output ids of the answer, the token that ended it included where the model ended it
 */
public record TokenTrace(List<Integer> prompt, List<Integer> output) {
    public TokenTrace {
        prompt = List.copyOf(prompt);
        output = List.copyOf(output);
    }
}

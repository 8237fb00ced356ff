package org.cartulary.appliance.openai;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.cartulary.inference.TokenLogprob;

/** Log-probabilities of an answer's tokens, as OpenAI's clients read them. */
@Serdeable
record LogprobsView(List<Chosen> content) {
    /** JSON has no infinity; this is what OpenAI says for "practically impossible". */
    private static final double LEAST = -9999;

    /**
     * A token of the answer.
     *
     * @param token its text; replacement characters stand for bytes that are no whole character
     * @param bytes what it stands for exactly, each 0 to 255
     */
    @Serdeable
    record Chosen(
            String token,
            double logprob,
            List<Integer> bytes,
            @JsonProperty("top_logprobs") List<Likely> topLogprobs) {}

    /** A token that could have stood in its place. */
    @Serdeable
    record Likely(String token, double logprob, List<Integer> bytes) {}

    static LogprobsView of(List<TokenLogprob> tokens) {
        return new LogprobsView(tokens.stream()
                .map(token -> new Chosen(
                        text(token),
                        finite(token),
                        token.bytes(),
                        token.top().stream()
                                .map(likely -> new Likely(text(likely), finite(likely), likely.bytes()))
                                .toList()))
                .toList());
    }

    private static double finite(TokenLogprob token) {
        return Math.max(LEAST, token.logprob());
    }

    private static String text(TokenLogprob token) {
        byte[] bytes = new byte[token.bytes().size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = token.bytes().get(i).byteValue();
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

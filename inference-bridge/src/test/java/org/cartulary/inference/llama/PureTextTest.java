package org.cartulary.inference.llama;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.cartulary.inference.Sampling;
import org.junit.jupiter.api.Test;

/** What the engine does to text and numbers without a model. */
final class PureTextTest {
    @Test
    void keepsCharactersWholeWhateverTheCutsAre() {
        byte[] bytes = "a\u00fc\u20ac\ud83d\ude00z".getBytes(StandardCharsets.UTF_8);
        CharacterStream stream = new CharacterStream();
        StringBuilder text = new StringBuilder();
        for (byte one : bytes) {
            String piece = stream.append(new byte[] {one});
            assertThat(piece.isEmpty() || !Character.isHighSurrogate(piece.charAt(piece.length() - 1)))
                    .isTrue();
            text.append(piece);
        }
        assertThat(text.append(stream.finish())).hasToString("a\u00fc\u20ac\ud83d\ude00z");
    }

    @Test
    void replacesBytesThatAreNoCharacter() {
        CharacterStream stream = new CharacterStream();
        String text = stream.append(new byte[] {'a', (byte) 0xFF, 'b', (byte) 0xE2, (byte) 0x82}) + stream.finish();
        assertThat(text).startsWith("a\uFFFDb\uFFFD");
    }

    @Test
    void endsAtAStopTextThatCameInParts() {
        StopTexts stops = new StopTexts(List.of("\nUser:", "END"));
        assertThat(stops.append("Hello\nUs")).isEqualTo("Hello");
        assertThat(stops.append("ual ")).isEqualTo("\nUsual ");
        assertThat(stops.append("thing\nUser")).isEqualTo("thing");
        assertThat(stops.append(": more")).isEmpty();
        assertThat(stops.reached()).isTrue();
        assertThat(stops.finish()).isEmpty();
    }

    @Test
    void givesBackWhatItHeldInVain() {
        StopTexts stops = new StopTexts(List.of("END"));
        assertThat(stops.append("the EN")).isEqualTo("the ");
        assertThat(stops.finish()).isEqualTo("EN");
    }

    @Test
    void choosesTheLikeliestTokenAtTemperatureZero() {
        TokenSampler sampler = new TokenSampler(Sampling.GREEDY, null);
        assertThat(sampler.next(new float[] {0, 3, 1})).isEqualTo(1);
    }

    @Test
    void choosesTheSameTokensAgainWithTheSameSeed() {
        assertThat(draws(7)).isEqualTo(draws(7)).isNotEqualTo(draws(8));
    }

    @Test
    void neverDrawsATokenThatTopPOrMinPDropped() {
        TokenSampler topP = new TokenSampler(new Sampling(1, 0.6f, 0, 1, 3, null), null);
        TokenSampler minP = new TokenSampler(new Sampling(1, 1, 0.5f, 1, 3, null), null);
        for (int i = 0; i < 500; i++) {
            assertThat(topP.next(new float[] {1, 1.1f, -2, 1.05f, -9})).isIn(1, 3, 0);
            assertThat(minP.next(new float[] {2, 1.9f, 0})).isIn(0, 1);
        }
    }

    @Test
    void choosesNoTokenWhereAllAreForbidden() {
        float[] forbidden = new float[4];
        Arrays.fill(forbidden, Float.NEGATIVE_INFINITY);
        assertThat(new TokenSampler(Sampling.GREEDY, null).next(forbidden)).isEqualTo(TokenSampler.NONE);
    }

    @Test
    void logLikelihoodsOfAllTokensSumToOne() {
        float[] logits = {0.5f, -3, 12, 11.5f};
        double sum = 0;
        for (int token = 0; token < logits.length; token++) {
            sum += Math.exp(LogLikelihood.of(token, logits));
        }
        assertThat(sum).isCloseTo(1, org.assertj.core.data.Offset.offset(1e-9));
    }

    private static List<Integer> draws(long seed) {
        TokenSampler sampler = new TokenSampler(new Sampling(1, 0.95f, 0.01f, 1.1f, seed, null), null);
        return java.util.stream.IntStream.range(0, 40)
                .mapToObj(i -> sampler.next(new float[] {1, 1.2f, 0.7f, 0.9f, 1.1f}))
                .toList();
    }
}

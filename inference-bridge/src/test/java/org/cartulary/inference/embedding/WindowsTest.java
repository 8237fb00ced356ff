package org.cartulary.inference.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class WindowsTest {
    private static final int[] FRAME = {101, 7, 8, 102};

    @Test
    void aTextThatFitsIsReadWhole() {
        int[] tokens = whole(12);
        assertThat(Windows.over(tokens, FRAME, 16).pieces()).containsExactly(tokens);
    }

    @Test
    void everyWindowHasTheFrameAndOverlapsTheLastByAnEighth() {
        List<int[]> pieces = Windows.over(whole(40), FRAME, 20).pieces();
        // Sixteen tokens of text fit a window; each begins fourteen after the last.
        assertThat(pieces).hasSize(3).allSatisfy(piece -> {
            assertThat(piece).startsWith(101, 7, 8).endsWith(102).hasSizeLessThanOrEqualTo(20);
        });
        assertThat(pieces.get(0)).containsExactly(framed(1000, 1016));
        assertThat(pieces.get(1)).containsExactly(framed(1014, 1030));
        assertThat(pieces.get(2)).containsExactly(framed(1028, 1040));
    }

    @Test
    void noTokenIsLostWhateverTheLengths() {
        for (int length = 1; length < 200; length++) {
            List<int[]> pieces = Windows.over(whole(length), FRAME, 13).pieces();
            long read = pieces.stream()
                    .flatMapToInt(IntStream::of)
                    .filter(token -> token >= 1000)
                    .distinct()
                    .count();
            assertThat(read).isEqualTo(length);
        }
    }

    @Test
    void vectorsAreWeightedByTheTokensOfTheirWindows() {
        Windows windows = Windows.over(whole(40), FRAME, 20);
        float[] mean = windows.vector(List.of(new float[] {1, 0}, new float[] {1, 0}, new float[] {0, 1}), false);
        assertThat(mean).containsExactly(32f / 44, 12f / 44);
        float[] one = windows.vector(List.of(new float[] {3, 4}, new float[] {3, 4}, new float[] {3, 4}), true);
        assertThat(one).containsExactly(0.6f, 0.8f);
    }

    @Test
    void vectorsThatAreNoneAreFaults() {
        assertThatThrownBy(() -> Vectors.requireUsable(new float[] {1, Float.NaN}))
                .isInstanceOf(UnusableVector.class);
        assertThatThrownBy(() -> Vectors.requireUsable(new float[] {1, Float.POSITIVE_INFINITY}))
                .isInstanceOf(UnusableVector.class);
        assertThatThrownBy(() -> Vectors.requireUsable(new float[3])).isInstanceOf(UnusableVector.class);
        assertThat(Vectors.requireUsable(new float[] {0, -1})).hasSize(2);
    }

    @Test
    void anEngineWhoseNumbersChangeFailsItsCheck() {
        float[] vector = {1, 0, 0};
        Lane lane = tokens -> vector.clone();
        SelfCheck check = SelfCheck.atStart(lane, new int[] {1}, "unknown");
        check.again(lane);
        vector[1] = 1;
        assertThatThrownBy(() -> check.again(lane)).isInstanceOf(SelfCheckFailed.class);
    }

    private static int[] whole(int length) {
        return framed(1000, 1000 + length);
    }

    private static int[] framed(int from, int to) {
        return IntStream.concat(IntStream.concat(IntStream.of(101, 7, 8), IntStream.range(from, to)), IntStream.of(102))
                .toArray();
    }
}

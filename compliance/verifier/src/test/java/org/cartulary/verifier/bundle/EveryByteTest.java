package org.cartulary.verifier.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.cartulary.verifier.note.TrustPolicy;
import org.cartulary.verifier.testing.BundleDraft;
import org.cartulary.verifier.testing.Golden;
import org.cartulary.verifier.work.OrderedWork;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * No byte of a bundle, headers included, can change without notice. Each flip is verified in full, signatures included,
 * so the short form takes a bundle that discloses three entries and flips every third byte, beginning at another one each
 * time; the long form takes one that discloses twelve, and every byte.
 */
class EveryByteTest {
    private static final boolean LONG = Boolean.getBoolean("cartulary.long");
    private static final byte[] BUNDLE = BundleDraft.golden(12, LONG ? 0 : 9).zip();
    private static final int STEP = LONG ? 1 : 3;
    private static final TrustPolicy KEYS = Golden.policy("log");
    private static final OrderedWork WORK = new OrderedWork();

    @AfterAll
    static void stop() {
        WORK.close();
    }

    @Test
    void findsAFlippedBitInEveryByte() {
        int first = (int) (System.nanoTime() % STEP);
        assertThat(IntStream.range(0, BUNDLE.length)
                        .filter(position -> position % STEP == first)
                        .parallel()
                        .filter(EveryByteTest::holdsWithFlip))
                .as("every %d. byte from %d on", STEP, first)
                .isEmpty();
    }

    @Test
    void findsATruncatedEnd() {
        assertThat(cuts().filter(cut -> holds(copy(0, cut)))).isEmpty();
    }

    @Test
    void findsATruncatedHead() {
        assertThat(cuts().filter(cut -> holds(copy(BUNDLE.length - cut, BUNDLE.length))))
                .isEmpty();
    }

    @Test
    void findsBytesBeforeAndBehind() {
        byte[] longer = new byte[BUNDLE.length + 1];
        System.arraycopy(BUNDLE, 0, longer, 0, BUNDLE.length);
        assertThat(holds(longer)).isFalse();
        System.arraycopy(BUNDLE, 0, longer, 1, BUNDLE.length);
        assertThat(holds(longer)).isFalse();
    }

    /** Lengths to cut to: many along the way and each one near both ends. */
    private static IntStream cuts() {
        return IntStream.range(0, BUNDLE.length)
                .filter(cut -> cut % 97 == 0 || cut < 200 || BUNDLE.length - cut < 200)
                .parallel();
    }

    private static boolean holdsWithFlip(int position) {
        byte[] flipped = BUNDLE.clone();
        flipped[position] ^= (byte) (1 << position % 8);
        return holds(flipped);
    }

    private static byte[] copy(int from, int to) {
        return Arrays.copyOfRange(BUNDLE, from, to);
    }

    private static boolean holds(byte[] bundle) {
        return VerifiedBundle.of(bundle, KEYS, WORK).held();
    }
}

package org.cartulary.verifier.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.cartulary.verifier.note.TrustPolicy;
import org.cartulary.verifier.testing.BundleDraft;
import org.cartulary.verifier.testing.Golden;
import org.cartulary.verifier.work.OrderedWork;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * No byte of a bundle, headers included, can change without notice. Each change is verified in full, signatures included, so
 * the short form takes a bundle of one entry, and flips in each byte one bit, and then all of them; the long form flips every
 * single bit of that and of a bundle that discloses three of twelve entries, and one bit in each byte of one that discloses
 * twelve.
 */
class EveryByteTest {
    private static final boolean LONG = Boolean.getBoolean("cartulary.long");
    private static final byte[] BUNDLE = BundleDraft.golden(1, 0).zip();
    private static final TrustPolicy KEYS = Golden.policy("log");
    private static final OrderedWork WORK = new OrderedWork();

    @AfterAll
    static void stop() {
        WORK.close();
    }

    @Test
    void findsAFlippedBitInEveryByte() {
        assertThat(unnoticed(BUNDLE, position -> 1 << position % 8)).isEmpty();
    }

    @Test
    void findsEveryByteThatWasInverted() {
        assertThat(unnoticed(BUNDLE, position -> 0xff)).isEmpty();
    }

    @Test
    void findsEveryFlippedBitOfLargerBundles() {
        assumeThat(LONG).as("takes minutes: only with -Dcartulary.long=true").isTrue();
        for (byte[] bundle : List.of(BUNDLE, BundleDraft.golden(12, 9).zip())) {
            for (int bit = 0; bit < 8; bit++) {
                int pattern = 1 << bit;
                assertThat(unnoticed(bundle, position -> pattern)).isEmpty();
            }
        }
        assertThat(unnoticed(BundleDraft.golden(12, 0).zip(), position -> 1 << position % 8))
                .isEmpty();
    }

    /** Positions whose byte can be changed by its pattern so that every check still holds. */
    private static IntStream unnoticed(byte[] bundle, IntUnaryOperator pattern) {
        return IntStream.range(0, bundle.length).parallel().filter(position -> {
            byte[] changed = bundle.clone();
            changed[position] ^= (byte) pattern.applyAsInt(position);
            return holds(changed);
        });
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

    private static byte[] copy(int from, int to) {
        return Arrays.copyOfRange(BUNDLE, from, to);
    }

    private static boolean holds(byte[] bundle) {
        return VerifiedBundle.of(bundle, KEYS, WORK).held();
    }
}

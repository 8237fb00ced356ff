package org.cartulary.verifier.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.SortedMap;
import org.cartulary.verifier.note.Checkpoint;
import org.cartulary.verifier.note.ReceiptProof;
import org.cartulary.verifier.report.CheckFailed;
import org.cartulary.verifier.testing.Golden;
import org.cartulary.verifier.testing.LargeLog;
import org.cartulary.verifier.testing.NaiveTree;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken over from a neighbour's proof is only what both have alike: a receipt holds here only where it does alone. */
class ReceiptRowTest {
    private static final int SIZE = 300;
    private static final SortedMap<String, byte[]> FILES =
            LargeLog.draft(SIZE, SIZE).signed();

    private final Receipts alone = Receipts.alone(Golden.policy("log"));

    @Test
    void followsNearlyAllReceiptsOfOneCheckpoint() {
        ReceiptRow row = new ReceiptRow();
        int followed = 0;
        for (int index = 0; index < SIZE; index++) {
            if (row.follow(receipt(index), index, leafHash(index)) != null) {
                followed++;
            } else {
                prove(row, index);
            }
        }
        assertThat(followed).isGreaterThan(SIZE * 9 / 10);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 128, 255, 299})
    void followsNoReceiptOfWhichABitWasFlipped(int index) {
        ReceiptRow row = new ReceiptRow();
        byte[] receipt = receipt(index);
        for (int bit = 0; bit < receipt.length * 8; bit++) {
            prove(row, index - 1);
            byte[] flipped = receipt.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(row.follow(flipped, index, leafHash(index)))
                    .as("bit %d", bit)
                    .isNull();
        }
        prove(row, index - 1);
        assertThat(row.follow(receipt, index, leafHash(index))).isNotNull();
    }

    @Test
    void followsNoReceiptOfAnotherEntryOrLeaf() {
        ReceiptRow row = new ReceiptRow();
        prove(row, 6);
        assertThat(row.follow(receipt(7), 7, leafHash(8))).isNull();
        prove(row, 6);
        assertThat(row.follow(receipt(8), 7, leafHash(8))).isNull();
        prove(row, 6);
        assertThat(row.follow(receipt(7), 8, leafHash(7))).isNull();
        prove(row, 6);
        assertThat(row.follow(receipt(7), 7, leafHash(7))).isNotNull();
    }

    @Test
    void followsNothingAfterWhatDidNotHold() {
        ReceiptRow row = new ReceiptRow();
        prove(row, 6);
        assertThat(row.follow(receipt(7), 7, leafHash(8))).isNull();
        assertThat(row.follow(receipt(7), 7, leafHash(7))).isNull();
    }

    @Test
    void followsNoReceiptThatIsCutOffOrLonger() {
        ReceiptRow row = new ReceiptRow();
        String receipt = new String(receipt(7), StandardCharsets.UTF_8);
        for (int cut = 0; cut < receipt.length(); cut++) {
            prove(row, 6);
            byte[] shorter = receipt.substring(0, cut).getBytes(StandardCharsets.UTF_8);
            assertThat(row.follow(shorter, 7, leafHash(7))).isNull();
        }
        prove(row, 6);
        byte[] longer = (receipt + "\n").getBytes(StandardCharsets.UTF_8);
        assertThat(row.follow(longer, 7, leafHash(7))).isNull();
    }

    /** Verifies a receipt from end to end, and lets the row take note. */
    private @Nullable Checkpoint prove(ReceiptRow row, int index) {
        try {
            ReceiptProof proof = ReceiptProof.parse(receipt(index), "receipt");
            Checkpoint proven = alone.verify(proof, leafHash(index), "receipt");
            row.verified(receipt(index), proof, leafHash(index), proven);
            return proven;
        } catch (CheckFailed e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] receipt(int index) {
        return Objects.requireNonNull(FILES.get(BundleFiles.receipt(index)));
    }

    private static byte[] leafHash(int index) {
        String record =
                new String(Objects.requireNonNull(FILES.get(BundleFiles.record(index))), StandardCharsets.UTF_8);
        return NaiveTree.leaf(Base64.getDecoder().decode(record.substring(9, record.indexOf('"', 9))));
    }
}

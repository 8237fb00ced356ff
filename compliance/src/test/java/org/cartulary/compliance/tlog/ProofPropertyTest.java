package org.cartulary.compliance.tlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.cartulary.verifier.tree.ConsistencyProof;
import org.cartulary.verifier.tree.InclusionProof;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proofs that the writer makes, followed by the verifier, which shares no code with it: a million leaves in the long form. */
class ProofPropertyTest {
    private static final int LEAVES = Boolean.getBoolean("cartulary.long") ? 1_000_000 : 10_000;
    private static final int SIZES = 100;
    private static final int PROOFS_EACH = 100;
    private static final int SMALL = 70;
    private static final long SEED = 6962;

    /** A tree of which the root was computed without any tile. */
    @SuppressWarnings("ArrayRecordComponent") // never compared as a record
    private record Known(int size, byte[] root) {}

    @TempDir
    private Path home;

    private final Random random = new Random(SEED);

    @Test
    void everyRandomProofOfALargeTreeLeadsTheVerifierToTheRoot() throws IOException {
        int[] sizes = sizes();
        LogDirectory directory = published(sizes);
        List<Known> trees = known(sizes);
        for (Known tree : trees) {
            TreeReader reader = new TreeReader(directory, tree.size());
            assertThat(reader.root()).as("root of %d", tree.size()).isEqualTo(tree.root());
            for (int i = 0; i < PROOFS_EACH; i++) {
                int index = random.nextInt(tree.size());
                byte[] root = InclusionProof.root(
                        index, tree.size(), MerkleHash.leaf(leaf(index)), reader.inclusionPath(index));
                assertThat(root)
                        .as("seed %d: %d in %d", SEED, index, tree.size())
                        .isEqualTo(tree.root());
                assertConsistent(reader, trees.get(random.nextInt(trees.size())), tree);
            }
        }
    }

    private static void assertConsistent(TreeReader reader, Known old, Known tree) throws IOException {
        if (old.size() < tree.size()) {
            ConsistencyProof.Roots roots =
                    ConsistencyProof.roots(old.size(), tree.size(), old.root(), reader.consistencyProof(old.size()));
            assertThat(roots.old())
                    .as("seed %d: %d to %d", SEED, old.size(), tree.size())
                    .isEqualTo(old.root());
            assertThat(roots.grown())
                    .as("seed %d: %d to %d", SEED, old.size(), tree.size())
                    .isEqualTo(tree.root());
        }
    }

    /** Random ones, those about full tiles, and the whole. */
    private int[] sizes() {
        return IntStream.concat(
                        random.ints(SIZES, 1, LEAVES), IntStream.of(1, 2, 255, 256, 257, 511, 512, LEAVES - 1, LEAVES))
                .sorted()
                .distinct()
                .toArray();
    }

    private LogDirectory published(int[] sizes) throws IOException {
        LogDirectory directory = new LogDirectory(home);
        TreeWriter writer = new TreeWriter(directory);
        int old = 0;
        for (int size : sizes) {
            writer.extend(old, size, ProofPropertyTest::leaves);
            writer.deleteSuperseded(old, size);
            old = size;
        }
        return directory;
    }

    private static List<Known> known(int[] sizes) {
        List<Known> trees = new ArrayList<>();
        Frontier frontier = Frontier.EMPTY;
        for (int size : sizes) {
            frontier = frontier.plus(IntStream.range((int) frontier.size(), size)
                    .mapToObj(i -> MerkleHash.leaf(leaf(i)))
                    .toList());
            trees.add(new Known(size, frontier.root()));
        }
        return trees;
    }

    private static List<byte[]> leaves(long first, int count) {
        return IntStream.range((int) first, (int) first + count)
                .mapToObj(ProofPropertyTest::leaf)
                .toList();
    }

    private static byte[] leaf(int index) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(index).array();
    }

    @Test
    void everyProofOfEverySmallTreeIsTheOneOfTheRfc() throws IOException {
        List<byte[]> all = leaves(0, SMALL);
        LogDirectory directory = new LogDirectory(home);
        for (int size = 1; size <= SMALL; size++) {
            new TreeWriter(directory).extend(size - 1, size, ProofPropertyTest::leaves);
            TreeReader reader = new TreeReader(directory, size);
            List<byte[]> leaves = all.subList(0, size);
            for (int old = 1; old <= size; old++) {
                assertThat(reader.inclusionPath(old - 1))
                        .as("%d in %d", old - 1, size)
                        .containsExactlyElementsOf(NaiveTree.path(old - 1, leaves));
                assertThat(reader.consistencyProof(old))
                        .as("%d to %d", old, size)
                        .containsExactlyElementsOf(NaiveTree.proof(old, leaves));
            }
        }
    }
}

package org.cartulary.verifier.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.cartulary.verifier.testing.NaiveTree;
import org.junit.jupiter.api.Test;

class ConsistencyProofTest {
    private static final int MOST = 70;
    private static final List<byte[]> LEAVES = IntStream.range(0, MOST)
            .mapToObj(i -> NaiveTree.leaf(("leaf " + i).getBytes(StandardCharsets.UTF_8)))
            .toList();

    @Test
    void leadsToBothRootsForEveryPairOfSizes() {
        for (int size = 2; size <= MOST; size++) {
            List<byte[]> leaves = LEAVES.subList(0, size);
            for (int old = 1; old < size; old++) {
                byte[] oldRoot = NaiveTree.root(leaves.subList(0, old));
                ConsistencyProof.Roots roots = ConsistencyProof.roots(old, size, oldRoot, NaiveTree.proof(old, leaves));
                assertThat(roots.old()).as("%d of %d", old, size).isEqualTo(oldRoot);
                assertThat(roots.grown()).isEqualTo(NaiveTree.root(leaves));
            }
        }
    }

    @Test
    void aHashThatIsChangedLeadsElsewhere() {
        for (int old = 1; old < 13; old++) {
            List<byte[]> leaves = LEAVES.subList(0, 13);
            byte[] oldRoot = NaiveTree.root(leaves.subList(0, old));
            List<byte[]> proof = NaiveTree.proof(old, leaves);
            for (int i = 0; i < proof.size(); i++) {
                List<byte[]> bent = new ArrayList<>(proof);
                bent.set(i, NaiveTree.leaf(proof.get(i)));
                assertThat(ConsistencyProof.roots(old, 13, oldRoot, bent).grown())
                        .isNotEqualTo(NaiveTree.root(leaves));
            }
        }
    }

    @Test
    void refusesAProofOfAnotherLengthAndSizesThatDoNotGrow() {
        List<byte[]> leaves = LEAVES.subList(0, 13);
        byte[] oldRoot = NaiveTree.root(leaves.subList(0, 6));
        List<byte[]> proof = NaiveTree.proof(6, leaves);
        List<byte[]> more = new ArrayList<>(proof);
        more.add(oldRoot);
        assertThatIllegalArgumentException().isThrownBy(() -> ConsistencyProof.roots(6, 13, oldRoot, more));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConsistencyProof.roots(6, 13, oldRoot, proof.subList(0, proof.size() - 1)));
        assertThatIllegalArgumentException().isThrownBy(() -> ConsistencyProof.roots(6, 13, oldRoot, List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> ConsistencyProof.roots(8, 13, oldRoot, List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> ConsistencyProof.roots(13, 13, oldRoot, proof));
        assertThatIllegalArgumentException().isThrownBy(() -> ConsistencyProof.roots(0, 13, oldRoot, proof));
    }
}

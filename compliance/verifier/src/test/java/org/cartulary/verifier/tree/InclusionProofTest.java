package org.cartulary.verifier.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.cartulary.verifier.testing.Golden;
import org.cartulary.verifier.testing.NaiveTree;

class InclusionProofTest {
    @Example
    void acceptsTheProofsThatGoMakes() {
        List<String> lines = Golden.text("proofs.txt").lines().toList();
        assertThat(lines).hasSizeGreaterThan(80);
        for (String line : lines) {
            String[] parts = line.split(" ", -1);
            long size = Long.parseLong(parts[0]);
            long index = Long.parseLong(parts[1]);
            List<byte[]> path = Arrays.stream(parts)
                    .skip(3)
                    .map(Base64.getDecoder()::decode)
                    .toList();
            byte[] root = InclusionProof.root(index, size, GrowingTreeTest.leaf(index), path);
            assertThat(Base64.getEncoder().encodeToString(root)).as(line).isEqualTo(parts[2]);
        }
    }

    @Example
    void acceptsEveryProofOfSmallNaiveTrees() {
        for (int size = 1; size <= 40; size++) {
            List<byte[]> leaves = GrowingTreeTest.leaves(size);
            for (int index = 0; index < size; index++) {
                byte[] root = InclusionProof.root(index, size, leaves.get(index), NaiveTree.path(index, leaves));
                assertThat(root).isEqualTo(NaiveTree.root(leaves));
            }
        }
    }

    @Property(seed = "20261122", tries = 500)
    void leadsElsewhereForAnotherIndexLeafOrHash(
            @ForAll @IntRange(min = 2, max = 200) int size, @ForAll int at, @ForAll int other, @ForAll int flip) {
        List<byte[]> leaves = GrowingTreeTest.leaves(size);
        byte[] root = NaiveTree.root(leaves);
        int index = Math.floorMod(at, size);
        int wrong = Math.floorMod(other, size);
        List<byte[]> path = NaiveTree.path(index, leaves);
        Assume.that(wrong != index);
        assertThat(InclusionProof.root(index, size, leaves.get(wrong), path)).isNotEqualTo(root);
        if (InclusionProof.pathLength(wrong, size) == path.size()) {
            assertThat(InclusionProof.root(wrong, size, leaves.get(index), path))
                    .isNotEqualTo(root);
        }
        List<byte[]> flipped = new ArrayList<>(path);
        byte[] hash = flipped.get(Math.floorMod(flip, path.size())).clone();
        hash[Math.floorMod(flip, 32)] ^= 1;
        flipped.set(Math.floorMod(flip, path.size()), hash);
        assertThat(InclusionProof.root(index, size, leaves.get(index), flipped)).isNotEqualTo(root);
    }

    @Property(seed = "20261122", tries = 300)
    void refusesPathsOfAnyOtherLength(
            @ForAll @IntRange(min = 1, max = 300) int size, @ForAll int at, @ForAll @IntRange(max = 20) int length) {
        int index = Math.floorMod(at, size);
        List<byte[]> leaves = GrowingTreeTest.leaves(size);
        Assume.that(length != NaiveTree.path(index, leaves).size());
        List<byte[]> path = Collections.nCopies(length, new byte[32]);
        assertThatThrownBy(() -> InclusionProof.root(index, size, leaves.get(index), path))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Example
    void refusesAnIndexOutsideOfTheTree() {
        assertThatThrownBy(() -> InclusionProof.root(3, 3, new byte[32], List.of()))
                .hasMessage("index 3 is not in a tree of 3 entries");
        assertThatThrownBy(() -> InclusionProof.root(0, 0, new byte[32], List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

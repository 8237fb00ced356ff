package org.cartulary.verifier.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.cartulary.verifier.testing.Golden;
import org.cartulary.verifier.testing.NaiveTree;

class GrowingTreeTest {
    @Example
    void hasTheRootsOfANaiveTreeAtEverySize() {
        GrowingTree tree = new GrowingTree((height, index, hash) -> {});
        assertThat(tree.root()).isEqualTo(NaiveTree.root(List.of()));
        List<byte[]> leaves = new ArrayList<>();
        for (int i = 0; i < 520; i++) {
            leaves.add(leaf(i));
            tree.add(leaf(i));
            assertThat(tree.root()).isEqualTo(NaiveTree.root(leaves));
        }
    }

    @Property(seed = "20261122", tries = 200)
    void tellsTheRootOfEachCompleteSubtree(@ForAll @IntRange(min = 1, max = 300) int size) {
        List<byte[]> leaves = leaves(size);
        List<Integer> heights = new ArrayList<>();
        GrowingTree tree = new GrowingTree((height, index, hash) -> {
            int from = (int) index << height;
            assertThat(hash).isEqualTo(NaiveTree.root(leaves.subList(from, from + (1 << height))));
            heights.add(height);
        });
        leaves.forEach(tree::add);
        for (int height = 0; height < 9; height++) {
            int wanted = height;
            assertThat(heights.stream().filter(h -> h == wanted).count()).isEqualTo(size >> height);
        }
    }

    @Example
    void growsByWholeSubtreesAsByTheirLeaves() {
        List<byte[]> leaves = leaves(600);
        List<String> told = new ArrayList<>();
        GrowingTree tree = new GrowingTree((height, index, hash) -> told.add(height + "." + index));
        tree.addSubtree(8, GrowingTree.rootOfFull(leaves.subList(0, 256).toArray(byte[][]::new)));
        leaves.subList(256, 512).forEach(tree::add);
        tree.addSubtree(4, GrowingTree.rootOfFull(leaves.subList(512, 528).toArray(byte[][]::new)));
        leaves.subList(528, 600).forEach(tree::add);
        assertThat(tree.size()).isEqualTo(600);
        assertThat(tree.root()).isEqualTo(NaiveTree.root(leaves));
        assertThat(told).contains("8.0", "8.1", "9.0", "4.32", "5.16").doesNotContain("0.0", "7.0", "0.512");
    }

    @Example
    void hasTheRootsThatGoFinds() {
        List<String> lines = Golden.text("proofs.txt").lines().toList();
        GrowingTree tree = new GrowingTree((height, index, hash) -> {});
        for (String line : lines) {
            String[] parts = line.split(" ", -1);
            while (tree.size() < Long.parseLong(parts[0])) {
                tree.add(leaf(tree.size()));
            }
            assertThat(Base64.getEncoder().encodeToString(tree.root())).isEqualTo(parts[2]);
        }
    }

    static List<byte[]> leaves(int size) {
        List<byte[]> leaves = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            leaves.add(leaf(i));
        }
        return leaves;
    }

    static byte[] leaf(long index) {
        byte[] leaf = ("leaf " + index).getBytes(StandardCharsets.UTF_8);
        return Sha256.ofThread().leaf(leaf, 0, leaf.length);
    }
}

package org.cartulary.compliance.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TreeTest {
    @TempDir
    private Path home;

    private static List<byte[]> leaves(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> ("leaf " + i).getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    private static List<byte[]> hashes(List<byte[]> leaves) {
        return leaves.stream().map(MerkleHash::leaf).toList();
    }

    private LogDirectory extend(List<byte[]> leaves, int... sizes) throws IOException {
        LogDirectory directory = new LogDirectory(home);
        TreeWriter writer = new TreeWriter(directory);
        int old = 0;
        for (int size : sizes) {
            writer.extend(old, size, (first, count) -> leaves.subList((int) first, (int) first + count));
            writer.deleteSuperseded(old, size);
            old = size;
        }
        return directory;
    }

    /** The roots that Certificate Transparency implementations share as test vectors for these eight leaves. */
    @ParameterizedTest
    @CsvSource({
        "1, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "2, fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "3, aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "4, d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "5, 4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "6, 76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "7, ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "8, 5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    })
    void rootsAreTheKnownOnesOfCertificateTransparency(int size, String root) {
        List<byte[]> leaves = List.of(
                        "",
                        "00",
                        "10",
                        "2021",
                        "3031",
                        "40414243",
                        "5051525354555657",
                        "606162636465666768696a6b6c6d6e6f")
                .subList(0, size)
                .stream()
                .map(HexFormat.of()::parseHex)
                .toList();

        assertThat(Frontier.EMPTY.plus(hashes(leaves)).root()).asHexString().isEqualToIgnoringCase(root);
    }

    @Test
    void theEmptyTreeHasTheHashOfNothing() {
        assertThat(HexFormat.of().formatHex(Frontier.EMPTY.root()))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void everyPathOfEverySmallTreeIsTheOneOfTheRfc() throws IOException {
        List<byte[]> all = leaves(70);
        int[] sizes = IntStream.rangeClosed(1, all.size()).toArray();
        LogDirectory directory = extend(all, sizes);
        for (int size : sizes) {
            TreeReader tree = new TreeReader(directory, size);
            assertThat(tree.root()).isEqualTo(NaiveTree.root(all.subList(0, size)));
            for (int index = 0; index < size; index++) {
                assertThat(tree.inclusionPath(index))
                        .containsExactlyElementsOf(NaiveTree.path(index, all.subList(0, size)));
            }
        }
    }

    @Test
    void theRootsOfFirstLeavesComeOutOfALargerTreeThatAloneWasPublished() throws IOException {
        List<byte[]> all = leaves(530);
        TreeReader tree = new TreeReader(extend(all, all.size()), all.size());
        for (int first = 0; first <= all.size(); first++) {
            assertThat(tree.rootOfFirst(first)).isEqualTo(NaiveTree.root(all.subList(0, first)));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 66000", "2, 3000", "3, 3000", "4, 3000"})
    void treesThatGrowByRandomStepsAcrossTilesHaveTheRootsAndPathsOfTheRfc(long seed, int leaves) throws IOException {
        Random random = new Random(seed);
        List<byte[]> all = leaves(leaves);
        List<Integer> steps = new ArrayList<>();
        for (int size = 0; size < all.size(); ) {
            size = Math.min(all.size(), size + 1 + random.nextInt(random.nextBoolean() ? leaves / 8 : 300));
            steps.add(size);
        }
        LogDirectory directory = extend(all, steps.stream().mapToInt(i -> i).toArray());
        Frontier frontier = Frontier.EMPTY;
        for (int size : steps) {
            frontier = frontier.plus(hashes(all.subList((int) frontier.size(), size)));
            TreeReader tree = new TreeReader(directory, size);
            assertThat(tree.root()).as("root of %d", size).isEqualTo(frontier.root());
            int index = random.nextInt(size);
            byte[] root = rootFrom(MerkleHash.leaf(all.get(index)), index, size, tree.inclusionPath(index));
            assertThat(root).as("path of %d in %d", index, size).isEqualTo(frontier.root());
        }
    }

    /** RFC 9162, section 2.1.3.2. */
    private static byte[] rootFrom(byte[] leafHash, long index, long size, List<byte[]> path) {
        long fn = index;
        long sn = size - 1;
        byte[] r = leafHash;
        for (byte[] p : path) {
            assertThat(sn).isPositive();
            if ((fn & 1) == 1 || fn == sn) {
                r = MerkleHash.node(p, r);
                while (fn != 0 && (fn & 1) == 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                r = MerkleHash.node(r, p);
            }
            fn >>= 1;
            sn >>= 1;
        }
        assertThat(sn).isZero();
        return r;
    }

    @Test
    void aTreeOfSeventyThousandHasTheTilesThatTheSpecificationCounts() {
        List<Tile> tiles = Tile.ofTree(70_000);

        assertThat(tiles.stream().filter(tile -> tile.level() == 0)).hasSize(274);
        assertThat(tiles).contains(new Tile(0, 273, 112), new Tile(1, 0, 256), new Tile(1, 1, 17), new Tile(2, 0, 1));
        assertThat(Tile.ofTree(256))
                .containsExactlyInAnyOrder(new Tile(Tile.ENTRIES, 0, 256), new Tile(0, 0, 256), new Tile(1, 0, 1));
    }

    @ParameterizedTest
    @CsvSource({"0, 000", "67, 067", "999, 999", "1000, x001/000", "1234067, x001/x234/067"})
    void tileIndexesAreWrittenInGroupsOfThreeDigits(long index, String path) {
        assertThat(new Tile(0, index, 256).path()).isEqualTo("tile/0/" + path);
        assertThat(new Tile(Tile.ENTRIES, index, 8).path()).isEqualTo("tile/entries/" + path + ".p/8");
    }

    @Test
    void partialTilesGoOnceTheirFullTileIsThere() throws IOException {
        LogDirectory directory = extend(leaves(300), 100, 200, 300);

        assertThat(home.resolve("tile/0/000")).exists();
        assertThat(home.resolve("tile/0/000.p")).doesNotExist();
        assertThat(home.resolve("tile/0/001.p/44")).exists();
        assertThat(directory.read(new Tile(0, 0, 100))).hasSize(3200);
    }

    @Test
    void aTileIsNeverOverwrittenWithOtherBytes() throws IOException {
        List<byte[]> leaves = leaves(10);
        extend(leaves, 10);
        Path tile = home.resolve("tile/0/000.p/10");
        byte[] altered = Files.readAllBytes(tile);
        altered[5] ^= 1;
        Files.write(tile, altered);

        assertThatThrownBy(() -> extend(leaves, 10)).isInstanceOf(TileConflict.class);
        assertThat(tile).hasBinaryContent(altered);
    }
}

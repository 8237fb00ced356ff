package org.cartulary.verifier.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class TilePathTest {
    @Property(seed = "20261122")
    void readsEveryPathThatItWrites(
            @ForAll @IntRange(min = -1, max = 63) int level,
            @ForAll @LongRange(min = 0, max = 999_999_999_999_999L) long index,
            @ForAll @IntRange(min = 1, max = 256) int width) {
        TilePath tile = new TilePath(level, index, width);
        assertThat(TilePath.parse(tile.path())).isEqualTo(tile);
    }

    @Example
    void writesPathsAsTheSpecificationDoes() {
        assertThat(new TilePath(0, 1_234_067, 256).path()).isEqualTo("tile/0/x001/x234/067");
        assertThat(new TilePath(TilePath.ENTRIES, 0, 5).path()).isEqualTo("tile/entries/000.p/5");
        assertThat(new TilePath(1, 1000, 255).path()).isEqualTo("tile/1/x001/000.p/255");
    }

    @Example
    void readsNoOtherSpelling() {
        for (String path : List.of(
                "",
                "tile",
                "tile/",
                "tile/0",
                "tile/0/",
                "tile/0/0",
                "tile/0/0000",
                "tile/00/000",
                "tile/64/000",
                "tile/-1/000",
                "tile/0/000.p",
                "tile/0/000.p/",
                "tile/0/000.p/0",
                "tile/0/000.p/256",
                "tile/0/000.p/01",
                "tile/0/x000/001",
                "tile/0/001/067",
                "tile/0/x001/x067",
                "tile/0/x001.p/067",
                "tile/0/00a",
                "tile/entry/000",
                "tile/0/000/",
                "/tile/0/000",
                "tile/0/-01",
                "tile/0/x001/067.p/5/6",
                "tile/0/x999/x999/x999/x999/x999/x999/999")) {
            assertThat(TilePath.parse(path)).as(path).isNull();
        }
    }

    @Example
    void knowsTheTilesOfTheSpecificationsExamples() {
        TreeShape shape = new TreeShape(70_000);
        assertThat(shape.tiles(0)).isEqualTo(274);
        assertThat(shape.tile(0, 273).width()).isEqualTo(112);
        assertThat(shape.tiles(1)).isEqualTo(2);
        assertThat(shape.tile(1, 1).width()).isEqualTo(17);
        assertThat(shape.tile(2, 0).width()).isEqualTo(1);
        assertThat(shape.levels()).isEqualTo(3);
        assertThat(paths(256)).containsExactly("tile/entries/000", "tile/0/000", "tile/1/000.p/1");
        assertThat(paths(0)).isEmpty();
    }

    @Property(seed = "20261122", tries = 200)
    void hasExactlyTheTilesThatItHandsOut(@ForAll @LongRange(min = 0, max = 200_000) long size) {
        TreeShape shape = new TreeShape(size);
        assertThat(shape.files()).isEqualTo(paths(size).size());
        shape.forEach(tile -> assertThat(shape.has(tile)).isTrue());
        assertThat(shape.has(new TilePath(0, size / 256 + 1, 1))).isFalse();
        assertThat(shape.has(new TilePath(shape.levels(), 0, 1))).isFalse();
    }

    @Example
    void boundsTheSizeOfALog() {
        assertThatThrownBy(() -> new TreeShape(TreeShape.MAX_ENTRIES + 1)).hasMessageContaining("at most 1000000000");
    }

    private static List<String> paths(long size) {
        List<String> paths = new ArrayList<>();
        new TreeShape(size).forEach(tile -> paths.add(tile.path()));
        return paths;
    }
}

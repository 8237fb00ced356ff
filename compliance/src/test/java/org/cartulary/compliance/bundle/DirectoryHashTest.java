package org.cartulary.compliance.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cartulary.compliance.evidence.IndexRanges;
import org.cartulary.compliance.tlog.Tile;
import org.junit.jupiter.api.Test;

class DirectoryHashTest {
    @Test
    void isThatOfTheTestVectorInTheFormat() throws IOException {
        Sha256.Directory records = new Sha256.Directory();
        records.add("records/10.json", "{}".getBytes(StandardCharsets.UTF_8));
        records.add("records/9.json", "{}\n".getBytes(StandardCharsets.UTF_8));
        assertThat(Files.readString(Path.of("docs/bundle-format.md"))).contains("`" + records.hex() + "`");
    }

    @Test
    void indexesComeInTheOrderOfTheirNames() throws IOException {
        List<String> names = new ArrayList<>();
        IndexRanges.of(0, 12_345).forEachByName(index -> names.add(index + ".json"));
        assertThat(names).hasSize(12_345).isSorted();
        names.clear();
        IndexRanges.of(95, 1_002).forEachByName(index -> names.add(index + ".json"));
        assertThat(names)
                .hasSize(907)
                .isSorted()
                .contains("95.json", "1001.json")
                .doesNotContain("94.json", "1002.json");
    }

    @Test
    void tilesComeInTheOrderOfTheirNames() throws IOException {
        for (long size : new long[] {0, 1, 255, 256, 257, 65_536, 256L * 1_234 + 5, 256L * 1_000_100}) {
            List<String> unsorted = new ArrayList<>();
            String[] last = {""};
            long[] count = {0};
            Tile.forEachByPath(size, tile -> {
                if (tile.path().compareTo(last[0]) <= 0) {
                    unsorted.add(tile.path());
                }
                last[0] = tile.path();
                count[0]++;
            });
            assertThat(unsorted).isEmpty();
            assertThat(count[0]).isEqualTo(Tile.ofTree(size).size());
        }
    }
}

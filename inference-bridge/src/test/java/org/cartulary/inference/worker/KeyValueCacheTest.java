package org.cartulary.inference.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cartulary.inference.models.GgufHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much of a conversation's keys and values there is memory for. */
final class KeyValueCacheTest {
    private static final GgufHeader HEADER = new GgufHeader(
            3,
            Map.of(
                    "general.architecture", "llama",
                    "llama.embedding_length", 1_024L,
                    "llama.block_count", 16L,
                    "llama.attention.head_count", 8L),
            List.of());

    /** Two rows as wide as the model in each of 16 layers, in 16 bits. */
    private static final long A_TOKEN = 65_536;

    @TempDir
    private Path root;

    @Test
    void takesAQuarterOfWhatTheMachineHasLeft() throws IOException {
        assertThat(KeyValueCache.bytesPerToken(HEADER)).isEqualTo(A_TOKEN);
        write("proc/meminfo", "MemAvailable:    " + 4_000 * A_TOKEN / 1024 + " kB\n");
        assertThat(KeyValueCache.affordableTokens(HEADER, root)).isEqualTo(1_000);
    }

    @Test
    void takesAQuarterOfWhatItsControlGroupLeavesWhereThatIsLess() throws IOException {
        write("proc/meminfo", "MemAvailable:    " + 4_000 * A_TOKEN / 1024 + " kB\n");
        write("proc/self/cgroup", "0::/system.slice/cartulary.service\n");
        write("sys/fs/cgroup/system.slice/memory.max", 500 * A_TOKEN + "\n");
        write("sys/fs/cgroup/system.slice/memory.current", 100 * A_TOKEN + "\n");
        assertThat(KeyValueCache.affordableTokens(HEADER, root)).isEqualTo(100);
    }

    @Test
    void takesNoMoreThanTwoGibibytesHoweverMuchIsFree() throws IOException {
        write("proc/meminfo", "MemAvailable:    999999999 kB\n");
        assertThat(KeyValueCache.affordableTokens(HEADER, root)).isEqualTo((int) ((2L << 30) / A_TOKEN));
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}

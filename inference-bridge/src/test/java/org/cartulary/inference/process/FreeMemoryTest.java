package org.cartulary.inference.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the system says of memory, in files that look like its own. */
final class FreeMemoryTest {
    private static final long MIB = 1 << 20;

    @TempDir
    private Path root;

    @Test
    void takesWhatTheMachineHasWhereNoGroupLimits() throws IOException {
        write("proc/meminfo", "MemTotal: 9999 kB\nMemAvailable:    2048 kB\n");
        write("proc/self/cgroup", "0::/\n");
        assertThat(FreeMemory.below(root)).isEqualTo(2 * MIB);
    }

    @Test
    void takesTheTightestOfTheGroupsAroundIt() throws IOException {
        write("proc/meminfo", "MemAvailable:    2097152 kB\n");
        write("proc/self/cgroup", "0::/system.slice/cartulary.service\n");
        write("sys/fs/cgroup/system.slice/cartulary.service/memory.max", "max\n");
        write("sys/fs/cgroup/system.slice/cartulary.service/memory.current", "5\n");
        write("sys/fs/cgroup/system.slice/memory.max", 100 * MIB + "\n");
        write("sys/fs/cgroup/system.slice/memory.current", 90 * MIB + "\n");
        write("sys/fs/cgroup/system.slice/memory.stat", "anon 7\ninactive_file " + 30 * MIB + "\n");
        assertThat(FreeMemory.below(root)).isEqualTo(40 * MIB);
    }

    @Test
    void readsTheFirstVersionOfGroupsToo() throws IOException {
        write("proc/meminfo", "MemAvailable:    2097152 kB\n");
        write("proc/self/cgroup", "4:memory:/box\n3:cpu,cpuacct:/box\n");
        write("sys/fs/cgroup/memory/box/memory.limit_in_bytes", 64 * MIB + "\n");
        write("sys/fs/cgroup/memory/box/memory.usage_in_bytes", 60 * MIB + "\n");
        write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
        write("sys/fs/cgroup/memory/memory.usage_in_bytes", "1\n");
        assertThat(FreeMemory.below(root)).isEqualTo(4 * MIB);
    }

    @Test
    void knowsThisMachine() {
        assertThat(FreeMemory.bytes()).isBetween(1L, Long.MAX_VALUE - 1);
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}

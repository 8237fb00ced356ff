package org.cartulary.inference.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Memory that new processes can take without any other being ended for it: what the machine has left, or what the control
 * groups of this process leave, whichever is less. Linux: proc(5), cgroups(7), both versions of control groups.
 */
public final class FreeMemory {
    private static final Logger LOG = LoggerFactory.getLogger(FreeMemory.class);
    private static final Pattern AVAILABLE = Pattern.compile("MemAvailable:\\s+(\\d+) kB");
    private static final Pattern RECLAIMABLE = Pattern.compile("(?m)^(?:total_)?inactive_file (\\d+)$");

    private final Path root;

    private FreeMemory(Path root) {
        this.root = root;
    }

    /** In bytes; {@link Long#MAX_VALUE} where the system does not tell. */
    public static long bytes() {
        return below(Path.of("/"));
    }

    /**
     * As {@link #bytes}.
     *
     * @param root where proc and sys are mounted
     */
    public static long below(Path root) {
        return new FreeMemory(root).least();
    }

    private long least() {
        long least = text(root.resolve("proc/meminfo"))
                .map(AVAILABLE::matcher)
                .filter(Matcher::find)
                .map(match -> Long.parseLong(match.group(1)) * 1024)
                .orElse(Long.MAX_VALUE);
        for (Path group : groups()) {
            least = Math.min(least, leftIn(group));
        }
        return least;
    }

    /** The control groups that limit this process's memory, from its own up to the outermost. */
    private List<Path> groups() {
        List<Path> groups = new ArrayList<>();
        String own = text(root.resolve("proc/self/cgroup")).orElse("");
        for (String line : own.lines().toList()) {
            String[] parts = line.split(":", 3);
            if (parts.length == 3 && (parts[1].isEmpty() || parts[1].equals("memory"))) {
                Path mount = root.resolve(parts[1].isEmpty() ? "sys/fs/cgroup" : "sys/fs/cgroup/memory");
                Path group = mount.resolve(parts[2].replaceFirst("^/+", "")).normalize();
                for (; group != null && group.startsWith(mount); group = group.getParent()) {
                    groups.add(group);
                }
            }
        }
        return groups;
    }

    private static long leftIn(Path group) {
        long limit = number(group, "memory.max", "memory.limit_in_bytes");
        long used = number(group, "memory.current", "memory.usage_in_bytes");
        if (limit == Long.MAX_VALUE || used == Long.MAX_VALUE) {
            return Long.MAX_VALUE;
        }
        // Pages of files that nobody has used of late count as used until somebody else needs the room.
        long reclaimable = text(group.resolve("memory.stat"))
                .map(RECLAIMABLE::matcher)
                .filter(Matcher::find)
                .map(match -> Long.parseLong(match.group(1)))
                .orElse(0L);
        return Math.max(0, limit - used + reclaimable);
    }

    private static long number(Path group, String second, String first) {
        return text(group.resolve(second))
                .or(() -> text(group.resolve(first)))
                .map(String::strip)
                .filter(text -> text.chars().allMatch(Character::isDigit) && !text.isEmpty() && text.length() < 19)
                .map(Long::parseLong)
                .orElse(Long.MAX_VALUE);
    }

    private static Optional<String> text(Path file) {
        try {
            return Files.isReadable(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            LOG.debug("{} cannot be read", file, e);
            return Optional.empty();
        }
    }
}

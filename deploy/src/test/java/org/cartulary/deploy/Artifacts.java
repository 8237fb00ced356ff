package org.cartulary.deploy;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files that set-up fetched on this machine, and folders made of some of them, so that no test uses a network. */
final class Artifacts {
    private static final String ARCH = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x64";

    /** One line of {@code artifacts.txt}. */
    record Pin(String key, String name, long bytes, String sha256, String origin) {
        String cachedName() {
            return sha256 + "-" + name;
        }
    }

    private Artifacts() {}

    static Pin llama() throws IOException {
        return pin("llama-" + ARCH);
    }

    static Pin pin(String key) throws IOException {
        return lines().stream()
                .map(line -> List.of(line.split(" +", -1)))
                .filter(words -> words.getFirst().equals(key))
                .map(words ->
                        new Pin(words.get(0), words.get(1), Long.parseLong(words.get(2)), words.get(3), words.get(4)))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> lines() throws IOException {
        try (var pins = requireNonNull(Artifacts.class.getResourceAsStream("/artifacts.txt"))) {
            return new String(pins.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }

    /** The downloads of this machine's cache; the test is skipped where set-up has not run. */
    static Path downloads() {
        var downloads = Path.of(System.getProperty("cartulary.cache"), "downloads");
        assumeTrue(Files.isDirectory(downloads), "set-up has not filled " + downloads);
        return downloads;
    }

    static Path file(Pin pin) {
        var file = downloads().resolve(pin.cachedName());
        assumeTrue(Files.isRegularFile(file), "set-up has not fetched " + file);
        return file;
    }

    static Path llamaFolder() {
        return Path.of("llama", "v0.5.0-linux-" + ARCH);
    }
}

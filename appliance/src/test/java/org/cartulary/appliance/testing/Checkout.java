package org.cartulary.appliance.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where things lie that tests use but do not make. */
public final class Checkout {
    private Checkout() {}

    public static Path cache() {
        return Path.of(System.getProperty("cartulary.cache"));
    }

    public static Path root() {
        return Path.of(System.getProperty("cartulary.root"));
    }

    public static Path demo() {
        return root().resolve("deploy/demo");
    }

    /** A document of the demo corpus, such as {@code saint-alder/formulary.pdf}. */
    public static Path document(String name) {
        return demo().resolve("documents").resolve(name);
    }

    /** The standalone verifier, which the build makes before this module's tests. */
    public static Path verifierJar() {
        Path jar = Path.of(
                System.getProperty("cartulary.root"), "compliance", "verifier", "target", "cartulary-verifier.jar");
        assertThat(jar).as("built by: mvn -pl compliance/verifier package").exists();
        return jar;
    }

    public static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All regular files below a directory, in order. */
    public static List<Path> files(Path directory) {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

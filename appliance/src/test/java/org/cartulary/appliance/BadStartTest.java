package org.cartulary.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import org.cartulary.appliance.testing.Checkout;
import org.cartulary.appliance.testing.CommandProcess;
import org.cartulary.appliance.testing.CommandProcess.Outcome;
import org.cartulary.appliance.testing.ServeProcess;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.models.ModelStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Starts that cannot succeed end with one sentence that names the thing and the remedy. */
class BadStartTest {
    @TempDir
    private Path scratch;

    @Test
    void aSecondStartOnTheSameHomeIsRefusedAndTheFirstGoesOn() {
        Path home = scratch.resolve("home");
        try (ServeProcess first = ServeProcess.start(home, Map.of())) {
            Outcome second = CommandProcess.run(home, "serve");

            assertThat(second.exitCode()).isNotZero();
            assertThat(second.err())
                    .startsWith("cartulary: An appliance runs on " + home)
                    .contains("CARTULARY_HOME");
            assertThat(first.client().get("/api/status").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aPortInUseIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Outcome start = CommandProcess.run(
                    scratch.resolve("home"),
                    Map.of("CARTULARY_HTTP_PORT", Integer.toString(taken.getLocalPort())),
                    "serve");

            assertRefused(start, Integer.toString(taken.getLocalPort()), "cartulary.http.port");
        }
    }

    @Test
    void theConfigurationFileCountsAndAnEnvironmentVariableOverridesIt() throws IOException {
        Path home = Files.createDirectory(scratch.resolve("home"));
        Files.writeString(home.resolve("cartulary.yml"), """
                cartulary:
                  ask:
                    max-question-characters: 9
                """);
        assertRefused(CommandProcess.run(home, "serve"), "cartulary.ask.max-question-characters is 9", "10 to 4000");
        assertRefused(
                CommandProcess.run(home, Map.of("CARTULARY_ASK_MAX_QUESTION_CHARACTERS", "8"), "serve"),
                "cartulary.ask.max-question-characters is 8");
    }

    @Test
    void aSettingThatThereIsNotAndAFileThatIsNoYamlAreNamed() throws IOException {
        Path home = Files.createDirectory(scratch.resolve("home"));
        Path file = home.resolve("cartulary.yml");
        Files.writeString(file, "cartulary:\n  http:\n    port: 8420\n  ask:\n    max-question-caracters: 100\n");
        assertRefused(CommandProcess.run(home, "serve"), file.toString(), "cartulary.ask.max-question-caracters");
        Files.writeString(file, "cartulary: [\n");
        assertRefused(CommandProcess.run(home, "serve"), file.toString(), "cannot be read");
    }

    @Test
    @EnabledIfSystemProperty(named = "cartulary.long", matches = "true")
    void aModelThatIsCutOffIsNamed() throws IOException {
        Path cache = cacheWithOwnModels();
        Path model = chatModelIn(cache);
        try (RandomAccessFile file = new RandomAccessFile(model.toFile(), "rw")) {
            file.setLength(file.length() / 2);
        }

        assertRefused(startWith(cache), model.getFileName().toString(), "deploy/cartulary setup");
    }

    @Test
    void aModelWithAnotherHashIsNeverLoaded() throws IOException {
        Path cache = cacheWithOwnModels();
        Path model = chatModelIn(cache);
        try (RandomAccessFile file = new RandomAccessFile(model.toFile(), "rw")) {
            file.seek(file.length() - 1);
            int last = file.read();
            file.seek(file.length() - 1);
            file.write(last ^ 1);
        }

        assertRefused(startWith(cache), model.getFileName().toString(), "deploy/cartulary setup");
    }

    @Test
    void anEmptyCacheIsNamed() throws IOException {
        assertRefused(startWith(Files.createDirectory(scratch.resolve("empty"))), "deploy/cartulary setup");
    }

    @Test
    void aSettingOutsideItsLimitsIsNamed() {
        Outcome start =
                CommandProcess.run(scratch.resolve("home"), Map.of("CARTULARY_ANSWER_MAX_TOKENS", "1000000"), "serve");

        assertRefused(start, "cartulary.answer.max-tokens", "1000000");
    }

    @Test
    void aCredentialThatIsNotTheHomesMasterKeyIsNamed() throws IOException {
        Path keys = Files.createDirectories(scratch.resolve("home").resolve("keys"));
        Path file = Files.writeString(keys.resolve("master.key"), "00".repeat(32));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Path credential = Files.writeString(scratch.resolve("cartulary-master-key"), "11".repeat(32));
        Outcome start = CommandProcess.run(
                scratch.resolve("home"),
                Map.of("CREDENTIALS_DIRECTORY", scratch.toString(), "CARTULARY_HTTP_PORT", "-1"),
                "serve");

        assertRefused(start, credential.toString(), file.toString(), "different master keys");
    }

    private Outcome startWith(Path cache) {
        return CommandProcess.run(
                scratch.resolve("home"),
                Map.of("CARTULARY_CACHE", cache.toString(), "CARTULARY_HTTP_PORT", "-1"),
                "serve");
    }

    private static void assertRefused(Outcome start, String... words) {
        assertThat(start.exitCode()).as(start.err()).isEqualTo(1);
        assertThat(start.out()).doesNotContain("Cartulary is at");
        String sentence = start.err()
                .lines()
                .filter(line -> line.startsWith("cartulary: "))
                .findFirst()
                .orElse("");
        assertThat(sentence).as(start.err()).contains(words);
        assertThat(start.err()).doesNotContain("\tat ");
    }

    /** Everything of the real cache, with copies of the models that a test may spoil. */
    private Path cacheWithOwnModels() throws IOException {
        Path cache = Files.createDirectory(scratch.resolve("cache"));
        try (Stream<Path> parts = Files.list(Checkout.cache())) {
            for (Path part : parts.filter(part -> !part.endsWith("models")).toList()) {
                Files.createSymbolicLink(cache.resolve(part.getFileName()), part);
            }
        }
        Path models = Checkout.cache().resolve("models");
        for (Path file : Checkout.files(models)) {
            Path copy = cache.resolve("models").resolve(models.relativize(file));
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
        }
        return cache;
    }

    /** The one that is loaded. */
    private static Path chatModelIn(Path cache) {
        return new ModelStore(cache.resolve("models"))
                .defaultFor(ModelCard.Role.CHAT)
                .file();
    }
}

package org.cartulary.appliance.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.cartulary.appliance.testing.Checkout;
import org.cartulary.appliance.testing.CommandProcess;
import org.cartulary.appliance.testing.CommandProcess.Outcome;
import org.cartulary.appliance.testing.RestClient;
import org.cartulary.appliance.testing.ServeProcess;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A model's way through an installation: looked at, taken in, chosen while it answers, kept, spoiled, repaired.
 * Minutes: only with {@code -Dcartulary.long=true}.
 */
@EnabledIfSystemProperty(named = "cartulary.long", matches = "true")
class ModelJourneyTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("CARTULARY_ANSWER_MODE", "quote");
    private static final String NAME = "Brought along";

    @TempDir
    private Path scratch;

    private Path home;
    private Path file;

    @BeforeEach
    void bringAModel() throws IOException {
        home = scratch.resolve("home");
        file = Files.copy(smallChatModel(), scratch.resolve("brought.gguf"));
        renameInside(file);
    }

    @Test
    void aModelIsTakenInChosenWhileItAnswersAndKept() throws IOException {
        try (ServeProcess serve = ServeProcess.start(home, ENVIRONMENT)) {
            RestClient client = serve.client();
            looksAtTheFile();
            refusesAFileThatIsCutOff();
            takesItInOnce();
            String hash = chosenWhileAnAnswerStreams(client);
            isOnRecord();
            serve.kill();
            keepsTheChoice(hash);
            isRefusedWhenChangedUntilAnotherIsChosen(hash);
        }
    }

    private void looksAtTheFile() {
        Outcome shown = CommandProcess.run(home, "models", "import", file.toString(), "--dry-run", "--json");
        assertThat(shown.exitCode()).as(shown.err()).isZero();
        JsonNode profile = RestClient.parsed(shown.out()).path("profile");
        assertThat(profile.path("architecture").asText()).isEqualTo("llama");
        assertThat(profile.path("quantisation").asText()).isEqualTo("IQ2_XXS");
        assertThat(profile.path("parameters").asLong()).isBetween(1_000_000_000L, 1_300_000_000L);
        assertThat(profile.path("contextTokens").asInt()).isEqualTo(2048);
        assertThat(profile.path("role").asText()).isEqualTo("chat");
        assertThat(profile.path("known").asBoolean()).isFalse();
        assertThat(CommandProcess.run(home, "models", "import", file.toString()).exitCode())
                .as("nobody to ask")
                .isEqualTo(2);
    }

    private void refusesAFileThatIsCutOff() throws IOException {
        Path cut = Files.copy(file, scratch.resolve("cut.gguf"));
        try (RandomAccessFile half = new RandomAccessFile(cut.toFile(), "rw")) {
            half.setLength(half.length() / 2);
        }
        Outcome refused = CommandProcess.run(home, "models", "import", cut.toString(), "--yes");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err())
                .contains("cartulary: The model file " + cut, "cut off")
                .doesNotContain("\tat ");
        Files.delete(cut);
    }

    private void takesItInOnce() {
        Outcome taken = CommandProcess.run(
                home, "models", "import", file.toString(), "--name", NAME, "--licence", "Apache-2.0", "--yes");
        assertThat(taken.exitCode()).as(taken.err()).isZero();
        assertThat(taken.out()).contains("Imported " + NAME);
        Outcome again = CommandProcess.run(home, "models", "import", file.toString(), "--yes");
        assertThat(again.exitCode()).isZero();
        assertThat(again.out()).contains("The installation has this file already");
        Outcome list = CommandProcess.run(home, "models", "list");
        assertThat(list.out().lines()).anyMatch(line -> line.contains(NAME) && !line.contains("in use"));
        assertThat(list.out()).contains("(in use)", "(demonstration only)");
    }

    /** Returns its hash. */
    private String chosenWhileAnAnswerStreams(RestClient client) {
        String before = client.json("/api/status").at("/inference/chat/model").asText();
        String request = RestClient.JSON
                .createObjectNode()
                .put("model", before)
                .put("stream", true)
                .put("max_tokens", 200)
                .set("messages", RestClient.parsed("[{\"role\":\"user\",\"content\":\"Count from one to ninety.\"}]"))
                .toString();
        try (Stream<String> answer = client.lines("/v1/chat/completions", request)) {
            Iterator<String> lines = answer.iterator();
            assertThat(lines.next()).startsWith("data:");
            Outcome used = CommandProcess.run(home, "models", "use", NAME, "--json");
            assertThat(used.exitCode()).as(used.err()).isZero();
            JsonNode chat = client.json("/api/status").at("/inference/chat");
            assertThat(chat.path("model").asText()).isEqualTo(NAME);
            String last = "";
            while (lines.hasNext()) {
                String line = lines.next();
                last = line.isBlank() ? last : line;
            }
            assertThat(last).contains("[DONE]");
            return RestClient.parsed(used.out()).path("sha256").asText();
        }
    }

    private void isOnRecord() {
        Outcome shown = CommandProcess.run(home, "audit", "show", "--json", "--limit", "100");
        JsonNode entries = RestClient.parsed(shown.out()).path("entries");
        assertThat(entries)
                .filteredOn(entry -> entry.path("type").asText().equals("configuration-changed"))
                .hasSize(2);
    }

    private void keepsTheChoice(String hash) throws IOException {
        try (ServeProcess again = ServeProcess.start(home, ENVIRONMENT)) {
            assertThat(again.client()
                            .json("/api/status")
                            .at("/inference/chat/sha256")
                            .asText())
                    .isEqualTo(hash);
            Outcome removed = CommandProcess.run(home, "models", "remove", NAME);
            assertThat(removed.exitCode()).isEqualTo(1);
            assertThat(removed.err()).contains("is in use");
            findsAChangedByte(stored(hash));
        }
    }

    private void findsAChangedByte(Path stored) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(stored.toFile(), "rw")) {
            bytes.seek(bytes.length() - 1);
            int last = bytes.read();
            bytes.seek(bytes.length() - 1);
            bytes.write(last ^ 1);
        }
        Outcome verdict = CommandProcess.run(home, "models", "verify", NAME);
        assertThat(verdict.exitCode()).isEqualTo(1);
        assertThat(verdict.out()).contains("CHANGED", stored.toString());
    }

    private Path stored(String hash) {
        return home.resolve("models").resolve(hash).resolve("model.gguf");
    }

    private void isRefusedWhenChangedUntilAnotherIsChosen(String hash) {
        Path stored = stored(hash);
        Outcome start = CommandProcess.run(home, Map.of("CARTULARY_HTTP_PORT", "-1"), "serve");
        assertThat(start.exitCode()).isEqualTo(1);
        assertThat(start.err()).contains(stored.toString(), "has the SHA-256", "import the model again");

        Outcome repaired = CommandProcess.run(
                home,
                "models",
                "use",
                Objects.requireNonNull(smallChatModel().getParent())
                        .getFileName()
                        .toString());
        assertThat(repaired.exitCode()).as(repaired.err()).isZero();
        assertThat(CommandProcess.run(home, "models", "remove", NAME).exitCode())
                .isZero();
        assertThat(home.resolve("models").resolve(hash)).doesNotExist();
    }

    /** The smaller of set-up's chat models. */
    private static Path smallChatModel() {
        return Checkout.files(Checkout.cache().resolve("models")).stream()
                .filter(candidate -> candidate.toString().endsWith(".gguf"))
                .min(java.util.Comparator.comparingLong(
                        candidate -> candidate.toFile().length()))
                .orElseThrow();
    }

    /** Makes it another file, which is as good: the first letter of a key that nobody reads is changed. */
    private static void renameInside(Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            byte[] head = new byte[1 << 16];
            bytes.readFully(head);
            int at = new String(head, StandardCharsets.ISO_8859_1).indexOf("general.name");
            assertThat(at).isPositive();
            bytes.seek(at + "general.".length());
            bytes.write('f');
        }
    }
}

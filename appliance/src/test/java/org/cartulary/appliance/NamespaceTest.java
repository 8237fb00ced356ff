package org.cartulary.appliance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cartulary.appliance.testing.CommandProcess;
import org.cartulary.appliance.testing.CommandProcess.Outcome;
import org.cartulary.appliance.testing.RestClient;
import org.cartulary.appliance.testing.ServeProcess;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hosts that cannot be had otherwise: one without any network, and one whose disk is full. Needs root on Linux. */
class NamespaceTest {
    private static final String QUESTION = "Where does the spare key of the boiler room hang?";
    private static final byte[] BLOCK = new byte[1 << 20];

    @TempDir
    private Path home;

    @Test
    void worksInFullOnAHostWithoutAnyRoute() {
        List<String> island = List.of("unshare", "-n", "sh", "-c", "ip link set lo up && exec \"$@\"", "sh");
        assumeWorks(island);

        Outcome demo = CommandProcess.runUnder(island, home, "demo", "--once", "--json");

        List<JsonNode> answers = demo.out().lines().map(RestClient::parsed).toList();
        assertThat(demo.exitCode()).as(demo.err()).isZero();
        assertThat(answers).hasSize(10);
        assertThat(answers)
                .allMatch(answer -> List.of("answered", "abstained")
                                .contains(answer.path("outcome").asText())
                        && Files.exists(Path.of(answer.path("receipt").asText())));
        assertThat(demo.err()).contains("Every check held");
    }

    @Test
    void sendsNoTextWhileTheDiskIsFullAndLosesNothing() throws IOException {
        List<String> smallDisk = List.of(
                "unshare",
                "-m",
                "sh",
                "-c",
                "mount -t tmpfs -o size=400m,mode=755 tmpfs " + home + " && exec \"$@\"",
                "sh");
        assumeWorks(smallDisk);
        try (ServeProcess appliance = ServeProcess.startUnder(smallDisk, home, Map.of())) {
            RestClient client = appliance.client(smallDisk(appliance));
            client.post("/api/collections", "{\"name\":\"c\"}");
            client.upload("c", "keys.txt", "The spare key of the boiler room hangs on hook 14.".getBytes(UTF_8));
            assertAnswers(client);
            Path filler = appliance.inItsView(home.resolve("filler"));
            fill(filler);

            Instant deadline = Instant.now().plus(Duration.ofMinutes(1));
            HttpResponse<String> refused = client.ask(QUESTION, "c");
            while (refused.statusCode() == 200) {
                assertThat(Instant.now()).as("time until the disk is felt").isBefore(deadline);
                fill(filler);
                refused = client.ask(QUESTION, "c");
            }
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
            assertThat(refused.body()).contains("nothing is answered").doesNotContain("hook 14");

            Files.delete(filler);
            deadline = Instant.now().plus(Duration.ofMinutes(2));
            while (client.ask(QUESTION, "c").statusCode() != 200) {
                assertThat(Instant.now()).as("time to recover").isBefore(deadline);
            }
            assertAnswers(client);
        }
    }

    private static List<String> smallDisk(ServeProcess appliance) {
        return List.of("nsenter", "--mount", "--target", Long.toString(appliance.pid()), "--");
    }

    private static void assertAnswers(RestClient client) {
        JsonNode answer = RestClient.parsed(client.ask(QUESTION, "c").body());
        assertThat(answer.path("answer").asText()).as(answer.toString()).contains("hook 14");
        assertThat(client.get(answer.path("receipt").asText()).statusCode()).isEqualTo(200);
    }

    /** Takes every block that is free, and those that become free meanwhile. */
    private static void fill(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            int size = BLOCK.length;
            while (size > 0) {
                size = append(out, size) ? size : size / 2;
            }
        }
    }

    private static boolean append(OutputStream out, int size) {
        try {
            out.write(BLOCK, 0, size);
            return true;
        } catch (IOException full) {
            return false;
        }
    }

    private static void assumeWorks(List<String> wrapper) {
        try {
            List<String> command = new ArrayList<>(wrapper);
            command.add("true");
            int exit = new ProcessBuilder(command).start().waitFor();
            Assumptions.assumeTrue(exit == 0, "This machine does not allow: " + String.join(" ", wrapper));
        } catch (IOException e) {
            Assumptions.abort("This machine lacks a tool: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}

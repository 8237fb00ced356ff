package org.cartulary.appliance.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cartulary.appliance.testing.Checkout;
import org.cartulary.appliance.testing.SharedAppliance;
import org.cartulary.appliance.testing.SharedAppliance.Running;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** OpenAI's client from npm, unmodified; what it checks stands in {@code src/test/node/openai-client.mjs}. */
@ExtendWith(SharedAppliance.class)
class NodeClientTest {
    private static final Path CLIENT = Checkout.cache().resolve("clients/openai-6.49.0");

    @Test
    void worksAgainstTheAppliance(Running running) throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.isDirectory(CLIENT), CLIENT + " was not filled by deploy/cartulary test");
        Assumptions.assumeTrue(hasNode(), "Node is not installed (Debian's package nodejs)");

        Process node = new ProcessBuilder(
                        "node",
                        Checkout.root()
                                .resolve("appliance/src/test/node/openai-client.mjs")
                                .toString(),
                        CLIENT.toString(),
                        running.client().address() + "v1",
                        running.client().token(),
                        Served.named(running, "chat"),
                        Served.named(running, "embedding"))
                .redirectErrorStream(true)
                .start();
        String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(node.waitFor(Duration.ofMinutes(3))).as(said).isTrue();
        assertThat(node.exitValue()).as(said).isZero();
        assertThat(said.lines()).hasSizeGreaterThan(10);
        ChatQueue.awaitEmpty(running);
    }

    private static boolean hasNode() throws InterruptedException {
        try {
            Process version = new ProcessBuilder(List.of("node", "--version"))
                    .redirectErrorStream(true)
                    .start();
            return version.waitFor(30, TimeUnit.SECONDS) && version.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}

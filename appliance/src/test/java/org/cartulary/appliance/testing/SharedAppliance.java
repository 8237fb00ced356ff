package org.cartulary.appliance.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.cartulary.appliance.Appliance;
import org.cartulary.appliance.home.DirectoryTree;
import org.cartulary.compliance.people.Identity;
import org.cartulary.compliance.people.Role;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One appliance for all test classes that ask for it as a parameter, with the demo corpus in the collection {@code demo}.
 * Everything in it is real. Started at the first use, stopped when the process ends: where tests run in several processes, the
 * stores of JUnit end with each class.
 */
public final class SharedAppliance implements ParameterResolver {
    private static @Nullable Running shared;

    /**
     * The appliance as tests see it.
     *
     * @param tess reads, curates and administers
     * @param client hers
     * @param officer of the compliance officer, olga
     * @param staff of whom these are the first
     */
    public record Running(
            Appliance appliance, Path home, Identity tess, RestClient client, RestClient officer, Staff staff)
            implements AutoCloseable {
        public RestClient stranger() {
            return client.withToken("");
        }

        @Override
        public void close() {
            appliance.close();
            try {
                // The appliance has a hook of its own, which may have come first.
                appliance.awaitStopped();
                DirectoryTree.delete(home);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Running.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return running();
    }

    private static synchronized Running running() {
        Running running = shared;
        if (running == null) {
            running = start();
            shared = running;
            Runtime.getRuntime()
                    .addShutdownHook(
                            Thread.ofPlatform().name("shared-appliance").unstarted(running::close));
        }
        return running;
    }

    private static Running start() {
        try {
            Path home = Files.createTempDirectory("cartulary-test-");
            nameWitness(home);
            boolean stamping = StampingAuthority.isInstalled();
            if (stamping) {
                StampingAuthority.found(home.resolve("stamping"));
            }
            Appliance appliance = Appliance.startToServe(
                    home,
                    Map.of(
                            "cartulary.http.port",
                            "-1",
                            "cartulary.cache",
                            Checkout.cache().toString(),
                            "cartulary.evidence.witness-policy",
                            "witnesses.policy",
                            "cartulary.evidence.timestamp-certificate",
                            stamping ? "stamping/ca.pem" : "",
                            "cartulary.evidence.library-megabytes",
                            "4"));
            Staff staff = new Staff(appliance);
            Identity tess = staff.person("tess", Role.READER, Role.CURATOR, Role.ADMINISTRATOR);
            String officer = staff.key(staff.person("olga", Role.COMPLIANCE_OFFICER));
            Running running = new Running(
                    appliance,
                    home,
                    tess,
                    new RestClient(appliance.address(), staff.key(tess)),
                    new RestClient(appliance.address(), officer),
                    staff);
            takeInDemo(running.client());
            Identity rita = staff.person("rita", Role.READER, Role.CURATOR);
            assertThat(running.client()
                            .call(
                                    "PUT",
                                    "/api/collections/demo/grants/write/"
                                            + rita.id().id())
                            .statusCode())
                    .isEqualTo(204);
            return running;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One without a network, in the folder {@code witness} of the home; its classical key is enough. */
    private static void nameWitness(Path home) throws IOException {
        assertThat(Verifier.run("witness", "init", home.resolve("witness"), "--name", "ward.example/w1"))
                .isZero();
        String vkey = Files.readAllLines(home.resolve("witness/witness.vkey")).getFirst();
        Files.writeString(home.resolve("witnesses.policy"), "witness ward " + vkey + "\nquorum ward\n");
    }

    private static void takeInDemo(RestClient client) {
        assertThat(client.post("/api/collections", "{\"name\":\"demo\"}").statusCode())
                .isEqualTo(201);
        Path documents = Checkout.demo().resolve("documents");
        Checkout.files(documents).forEach(file -> {
            JsonNode job = client.upload("demo", documents.relativize(file).toString(), Checkout.bytes(file));
            assertThat(job.path("state").asText()).as(job.toString()).isEqualTo("ready");
        });
    }
}

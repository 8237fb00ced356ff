package org.cartulary.appliance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import org.cartulary.appliance.testing.CommandProcess;
import org.cartulary.appliance.testing.CommandProcess.Outcome;
import org.cartulary.appliance.testing.RestClient;
import org.cartulary.appliance.testing.SharedAppliance;
import org.cartulary.appliance.testing.SharedAppliance.Running;
import org.cartulary.appliance.testing.Staff;
import org.cartulary.compliance.people.Identity;
import org.cartulary.compliance.people.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Commands of persons, who show a key of theirs. */
@ExtendWith(SharedAppliance.class)
class KeyFileTest {
    private static final String REASON = "The collection was made by mistake.";

    @TempDir
    private Path scratch;

    @Test
    void twoPersonsDoWhatTheConsoleCannot(Running running) throws IOException {
        assertThat(running.client()
                        .post("/api/collections", "{\"name\":\"doomed\"}")
                        .statusCode())
                .isEqualTo(201);
        Staff staff = new Staff(running.appliance());
        Path hers = file("tess.key", running.client().token(), "rw-------");
        Identity other = staff.person("key-file-administrator", Role.ADMINISTRATOR);
        Path his = file("other.key", staff.key(other) + "\n", "r--------");

        Outcome byConsole = CommandHere.run(running.home(), request());
        assertThat(byConsole.exitCode()).isEqualTo(1);
        assertThat(byConsole.err()).contains("takes two people").contains("key of yours");

        Outcome requested = CommandProcess.run(running.home(), key(hers), request());
        assertThat(requested.exitCode()).as(requested.err()).isZero();
        JsonNode act = RestClient.parsed(requested.out());
        assertThat(act.path("requestedBy").asText()).isEqualTo("tess");
        String id = act.path("id").asText();

        Outcome own = CommandHere.run(running.home(), "acts", "approve", id, "--key-file", hers.toString());
        assertThat(own.exitCode()).isEqualTo(1);
        assertThat(own.err()).contains("another person");
        // The option counts before the variable.
        Outcome approved =
                CommandProcess.run(running.home(), key(hers), "acts", "approve", id, "--key-file", his.toString());
        assertThat(approved.exitCode()).as(approved.err()).isZero();
        Outcome shown = CommandHere.run(running.home(), "acts", "show", id);
        assertThat(shown.out()).contains("executed", "key-file-administrator", REASON);
        assertThat(running.client().get("/api/collections/doomed/grants").statusCode())
                .isEqualTo(404);
    }

    private static String[] request() {
        return new String[] {
            "acts", "request", "delete-collection", "--parameter", "collection=doomed", "--reason", REASON, "--json"
        };
    }

    private static Map<String, String> key(Path file) {
        return Map.of("CARTULARY_KEY_FILE", file.toString());
    }

    @Test
    void anEmergencyIsOpenedAndReviewedByPersons(Running running) throws IOException {
        Staff staff = new Staff(running.appliance());
        Identity enno = staff.person("enno", Role.READER);
        assertThat(running.client()
                        .call(
                                "PUT",
                                "/api/collections/demo/grants/emergency/"
                                        + enno.id().id())
                        .statusCode())
                .isEqualTo(204);
        Path his = file("enno.key", staff.key(enno), "rw-------");
        Path officers = file("olga.key", running.officer().token(), "rw-------");
        Outcome opened = as(his, running, "emergencies", "open", "demo", "--reason", REASON, "--for", "20m", "--json");
        assertThat(opened.exitCode()).as(opened.err()).isZero();
        String id = RestClient.parsed(opened.out()).path("id").asText();
        Outcome closed = as(his, running, "emergencies", "close", id);
        assertThat(closed.exitCode()).as(closed.err()).isZero();

        Outcome waiting = as(officers, running, "emergencies", "to-review");
        assertThat(waiting.out()).contains(id, REASON);
        Outcome reviewed =
                as(officers, running, "emergencies", "review", id, "--not-justified", "--remark", "No patient.");
        assertThat(reviewed.exitCode()).as(reviewed.err()).isZero();
        Outcome shown = as(officers, running, "emergencies", "show", id);
        assertThat(shown.out()).contains("not-justified", "olga", "No patient.", REASON);
    }

    @Test
    void aKeyThatOthersMayReadIsNotTaken(Running running) throws IOException {
        for (String permissions : new String[] {"rw-r--r--", "rw-rw----", "rw----r--"}) {
            Path open = file("open" + permissions + ".key", running.client().token(), permissions);
            Outcome refused = CommandHere.run(running.home(), "acts", "list", "--key-file", open.toString());
            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.err()).contains(permissions, "only its owner may read it", "chmod 600");
        }
    }

    @Test
    void aKeyThatOpensNothingOpensNothingAsTheConsoleEither(Running running) throws IOException {
        Path wrong = file("wrong.key", "cartulary_wrong", "rw-------");
        Path empty = file("empty.key", "", "rw-------");
        assertThat(CommandHere.run(running.home(), "people", "list", "--key-file", wrong.toString()))
                .satisfies(outcome -> {
                    assertThat(outcome.exitCode()).isEqualTo(1);
                    assertThat(outcome.out()).isEmpty();
                    assertThat(outcome.err()).contains("opens nothing").doesNotContain("cartulary_wrong");
                });
        assertThat(CommandHere.run(running.home(), "people", "list", "--key-file", empty.toString())
                        .err())
                .contains("holds no API key");
        assertThat(CommandHere.run(
                                running.home(),
                                "people",
                                "list",
                                "--key-file",
                                scratch.resolve("absent.key").toString())
                        .err())
                .contains("cannot be read");
    }

    private static Outcome as(Path key, Running running, String... arguments) {
        String[] withKey = Stream.concat(Stream.of(arguments), Stream.of("--key-file", key.toString()))
                .toArray(String[]::new);
        return CommandHere.run(running.home(), withKey);
    }

    private Path file(String name, String text, String permissions) throws IOException {
        Path file = Files.writeString(scratch.resolve(name), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
}

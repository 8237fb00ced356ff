package org.cartulary.appliance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.cartulary.appliance.testing.CommandProcess.Outcome;
import org.cartulary.appliance.testing.RestClient;
import org.cartulary.appliance.testing.SharedAppliance;
import org.cartulary.appliance.testing.SharedAppliance.Running;
import org.cartulary.appliance.testing.Staff;
import org.cartulary.compliance.people.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Commands about people and rights, as processes of their own, against an appliance that runs. */
@ExtendWith(SharedAppliance.class)
class RightsCommandsTest {
    @Test
    void setsMarksAndReadsThemBack(Running running) {
        Path home = running.home();
        new Staff(running.appliance()).person("cora", Role.READER);
        done(home, "labels", "add", "cli-label", "--kind", "allow");
        done(home, "labels", "put", "cli-label", "cora");
        assertThat(done(home, "labels", "show", "cli-label")).contains("cora");
        done(home, "levels", "clear", "2", "cora");
        assertThat(done(home, "levels", "show", "2")).contains("cora");
        assertThat(done(home, "levels", "show")).contains("documents that nothing marks");

        assertThat(running.client()
                        .post("/api/collections", "{\"name\":\"cli-marked\"}")
                        .statusCode())
                .isEqualTo(201);
        String document = running.client()
                .upload("cli-marked", "one.txt", "Only one line.".getBytes(StandardCharsets.UTF_8))
                .path("document")
                .asText();
        assertThat(done(home, "documents", "show", document)).contains(document, "ready", "one.txt", "level 1");
        // From here on the console, which nobody listed, does not see the document; it says what it bears all the same.
        done(home, "mark", "set", document, "--label", "cli-label", "--level", "2");
        assertThat(done(home, "mark", "show", document)).contains("Together:  level 2, labels cli-label");
        assertThat(CommandHere.run(home, "documents", "show", document).exitCode())
                .isEqualTo(1);
        assertThat(done(home, "rights", "readable", "cora")).contains("As of policy version");
    }

    @Test
    void listsEveryDocumentWithItsId(Running running) {
        JsonNode listed = RestClient.parsed(done(running.home(), "documents", "list", "demo", "--json"));
        List<String> ids = listed.path("documents").findValuesAsText("id");
        assertThat(ids).hasSizeGreaterThan(5).doesNotHaveDuplicates();
        assertThat(listed.has("next")).isFalse();
    }

    @Test
    void setsTheTermsOfTheHouse(Running running) {
        Path home = running.home();
        new Staff(running.appliance()).person("quincy", Role.READER);
        done(home, "quotas", "set", "quincy", "--questions-per-day", "12");
        assertThat(done(home, "quotas", "show", "quincy")).contains("questions of a day: 12");
        done(home, "quotas", "unset", "quincy");
        assertThat(done(home, "quotas", "show", "quincy")).contains("Own:     none");
        assertThat(done(home, "quotas", "show", "--role", "service")).contains("questions of a day: no limit");
        assertThat(CommandHere.run(home, "quotas", "show").exitCode()).isEqualTo(2);

        assertThat(done(home, "emergencies", "terms", "--longest", "5h")).contains("300 minutes", "72 hours");
        assertThat(done(home, "emergencies", "terms", "--longest", "4h")).contains("240 minutes");
        assertThat(CommandHere.run(home, "emergencies", "terms", "--longest", "long")
                        .err())
                .contains("write 30m, 4h or 3d");

        assertThat(done(home, "people", "second-factor").lines())
                .containsExactly("administrator", "compliance-officer");
        Outcome refused = CommandHere.run(home, "people", "second-factor", "--roles", "reader");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("cannot be taken out");
        assertThat(done(home, "acts", "kinds")).contains("delete-collection", "collection (collection):");
    }

    @Test
    void listsGroupsAndTheirMembers(Running running) {
        Path home = running.home();
        done(home, "groups", "add", "cli-group");
        done(home, "groups", "role", "cli-group", "reader");
        done(home, "groups", "put", "cli-group", "tess");
        assertThat(done(home, "groups", "list")).contains("cli-group");
        assertThat(done(home, "groups", "members", "CLI-group")).contains("tess");
        done(home, "groups", "role", "cli-group", "reader", "--take");
        assertThat(done(home, "people", "list")).contains("tess", "olga");
    }

    private static String done(Path home, String... arguments) {
        Outcome outcome = CommandHere.run(home, arguments);
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        return outcome.out();
    }
}

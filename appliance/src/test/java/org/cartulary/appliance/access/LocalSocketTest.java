package org.cartulary.appliance.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumSet;
import org.cartulary.appliance.accounts.Scope;
import org.cartulary.appliance.local.LocalClient;
import org.cartulary.appliance.local.Reply;
import org.cartulary.appliance.testing.RestClient;
import org.cartulary.appliance.testing.SharedAppliance;
import org.cartulary.appliance.testing.SharedAppliance.Running;
import org.cartulary.appliance.testing.Staff;
import org.cartulary.compliance.people.Role;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who somebody is on the console's socket: the console, unless he shows a key. */
@ExtendWith(SharedAppliance.class)
class LocalSocketTest {
    private static final String FIRST = "/api/people/first";

    @Test
    void whoShowsNoKeyIsTheConsole(Running running) {
        try (LocalClient console = client(running, null);
                Reply reply = console.post(FIRST, "{}", "application/json")) {
            assertThat(reply.status()).isEqualTo(400);
        }
    }

    @Test
    void whoShowsAKeyIsItsHolderAndNeverTheConsole(Running running) {
        Staff staff = new Staff(running.appliance());
        String name = "socket-administrator";
        String key = staff.key(staff.person(name, Role.ADMINISTRATOR), EnumSet.of(Scope.ADMINISTER));
        try (LocalClient holder = client(running, key)) {
            try (Reply reply = holder.post(FIRST, "{}", "application/json")) {
                assertThat(reply.status()).isEqualTo(403);
                assertThat(reply.text()).contains("matter of the console only");
            }
            // The console holds every role and scope; this key opens no evidence.
            try (Reply reply = holder.get("/api/audit/entries")) {
                assertThat(reply.status()).isEqualTo(403);
            }
            try (Reply reply = holder.post("/api/acts", act(running), "application/json")) {
                JsonNode act = RestClient.parsed(reply.text());
                assertThat(reply.status()).as(act.toString()).isEqualTo(201);
                assertThat(act.path("requestedBy").asText()).isEqualTo(name);
                try (Reply withdrawn =
                        holder.post("/api/acts/" + act.path("id").asText() + "/withdraw", "{}", "application/json")) {
                    assertThat(withdrawn.status()).isEqualTo(200);
                }
            }
        }
    }

    @Test
    void aWrongKeyIsNobodysAndNotTheConsoles(Running running) {
        for (String wrong : new String[] {"cartulary_wrong", "x"}) {
            try (LocalClient nobody = client(running, wrong);
                    Reply reply = nobody.get("/api/status")) {
                assertThat(reply.status()).isEqualTo(401);
            }
        }
    }

    private static LocalClient client(Running running, @Nullable String key) {
        return new LocalClient(running.appliance().socket(), key);
    }

    private static String act(Running running) {
        return RestClient.JSON
                .createObjectNode()
                .put("kind", "give-compliance")
                .put("reason", "another officer for the ward")
                .<com.fasterxml.jackson.databind.node.ObjectNode>set(
                        "parameters",
                        RestClient.JSON
                                .createObjectNode()
                                .put("person", running.tess().id().id()))
                .toString();
    }
}

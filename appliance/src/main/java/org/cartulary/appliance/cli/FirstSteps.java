package org.cartulary.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What somebody needs to know who has just started the appliance for the first time. */
final class FirstSteps {
    private static final String VISITOR = "visitor";

    private FirstSteps() {}

    /** Says that nobody is named yet, where that is so. */
    static void announce(Console console) {
        if (console.get("/api/people?limit=1").path("people").isEmpty()) {
            Terminal.line("Nobody can sign in yet. Name the first administrator and the first compliance officer:");
            Terminal.line("  deploy/cartulary people first --administrator NAME --officer NAME");
        }
    }

    /** Lets whoever runs the demonstration sign in as a reader of its documents. */
    static void inviteVisitor(Console console, String collection, String address) {
        String visitor = visitor(console);
        console.put("/api/collections/" + Console.encoded(collection) + "/grants/read/" + Console.encoded(visitor));
        JsonNode invitation = console.post(
                "/api/people/" + Console.encoded(visitor) + "/invitation", Console.JSON.createObjectNode());
        Terminal.line("To look around, choose a password for \"" + VISITOR + "\" at " + address + "invitation/"
                + invitation.path("invitation").asText());
    }

    private static String visitor(Console console) {
        for (JsonNode person : console.get("/api/people?limit=1000").path("people")) {
            if (person.path("name").asText().equals(VISITOR)) {
                return person.path("id").asText();
            }
        }
        ObjectNode wanted = Console.JSON.createObjectNode().put("name", VISITOR).put("displayName", "Visitor");
        wanted.set("roles", Console.JSON.valueToTree(List.of("reader")));
        return console.post("/api/people", wanted).path("person").path("id").asText();
    }
}

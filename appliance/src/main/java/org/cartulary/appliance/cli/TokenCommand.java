package org.cartulary.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "token",
        description = "Issues one more administrator token and prints it once; lists and revokes tokens.",
        footer = {
            "",
            "Example: deploy/cartulary token --name \"integration test\"",
            "         deploy/cartulary token --name chatbot --scope ask --scope generate",
            "         deploy/cartulary token list",
            "         deploy/cartulary token revoke 0e5c6a0e-5f1f-4f0f-9a57-2f6f1b0c8c11"
        })
final class TokenCommand implements Callable<Integer> {
    @Mixin
    private final HomeOption home = new HomeOption();

    @Option(names = "--name", description = "What the token is for (default: ${DEFAULT-VALUE}).")
    private String name = "console";

    @Option(
            names = "--scope",
            description = "ask: questions to documents; generate: the models themselves (/v1); administer: the rest."
                    + " May be given again (default: all three).")
    private List<String> scopes = List.of();

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists tokens by id and name; their texts are kept nowhere.",
            footer = {"", "Example: deploy/cartulary token list"})
    int list(
            @Mixin HomeOption at,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        try (Console console = Console.open(at.directory())) {
            JsonNode tokens = console.get("/api/tokens");
            if (json) {
                Terminal.line(tokens.toString());
                return 0;
            }
            for (JsonNode token : tokens.path("tokens")) {
                Terminal.line("%s  %s  %s  (%s)%s"
                        .formatted(
                                token.path("id").asText(),
                                token.path("createdAt").asText(),
                                token.path("name").asText(),
                                scopes(token),
                                token.path("revokedAt").isNull() ? "" : "  (revoked)"));
            }
            return 0;
        }
    }

    @Command(
            name = "revoke",
            mixinStandardHelpOptions = true,
            description = "Takes a token back at once, and ends every browser's session.",
            footer = {"", "Example: deploy/cartulary token revoke 0e5c6a0e-5f1f-4f0f-9a57-2f6f1b0c8c11"})
    int revoke(@Mixin HomeOption at, @Parameters(paramLabel = "ID", description = "As list prints it.") UUID id) {
        try (Console console = Console.open(at.directory())) {
            console.delete("/api/tokens/" + id);
            Terminal.line("Revoked; signed-in browsers must sign in again.");
            return 0;
        }
    }

    private static String scopes(JsonNode token) {
        StringJoiner names = new StringJoiner(", ");
        token.path("scopes").forEach(scope -> names.add(scope.asText()));
        return names.toString();
    }

    @Override
    public Integer call() {
        try (Console console = Console.open(home.directory())) {
            ObjectNode wanted = Console.JSON.createObjectNode().put("name", name);
            wanted.set("scopes", Console.JSON.valueToTree(scopes));
            Terminal.line(console.post("/api/tokens", wanted).path("token").asText());
            return 0;
        }
    }
}

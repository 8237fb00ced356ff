package org.cartulary.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "keys",
        description = "API keys of services and people.",
        footer = {
            "",
            "Example: deploy/cartulary keys issue chatbot --scope ask --days 90",
            "         deploy/cartulary keys list chatbot",
            "         deploy/cartulary keys rotate chatbot 0e5c6a0e-5f1f-4f0f-9a57-2f6f1b0c8c11"
        })
final class KeysCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Say what to do: issue, list, rotate or revoke.");
    }

    @Command(
            name = "issue",
            mixinStandardHelpOptions = true,
            description = "Makes a key of a service and prints it, this once. Persons make theirs on their own page.",
            footer = {
                "",
                "Example: deploy/cartulary keys issue chatbot --scope ask --scope generate --questions-per-day 500"
            })
    int issue(
            @Mixin ConsoleOptions at,
            @Parameters(paramLabel = "NAME", description = "Of the service.") String name,
            @Option(
                            names = "--name",
                            description = "What the key is for (default: ${DEFAULT-VALUE}).",
                            defaultValue = "console")
                    String purpose,
            @Option(
                            names = "--scope",
                            required = true,
                            description = "ask, generate, curate, administer or audit. May be given again.")
                    List<String> scopes,
            @Option(names = "--days", description = "That it lives (default: 90, at most 366).") @Nullable Integer days,
            @Option(names = "--requests-per-minute", description = "Limit of this key.") @Nullable Integer perMinute,
            @Option(names = "--questions-per-day", description = "Quota of this key.") @Nullable Integer perDay) {
        return at.run(console -> {
            ObjectNode wanted = Console.JSON
                    .createObjectNode()
                    .put("name", purpose)
                    .put("days", days)
                    .put("requestsPerMinute", perMinute)
                    .put("questionsPerDay", perDay);
            wanted.set("scopes", Console.JSON.valueToTree(scopes));
            Terminal.line(console.post(PeopleCommand.path(console, name) + "/keys", wanted)
                    .path("text")
                    .asText());
        });
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists somebody's keys; their texts are kept nowhere.",
            footer = {"", "Example: deploy/cartulary keys list chatbot"})
    int list(
            @Mixin ConsoleOptions at,
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        try (Console console = at.open()) {
            JsonNode keys = console.get(PeopleCommand.path(console, name) + "/keys");
            if (json) {
                Terminal.line(keys.toString());
                return 0;
            }
            for (JsonNode key : keys.path("keys")) {
                StringJoiner scopes = new StringJoiner(", ");
                key.path("scopes").forEach(scope -> scopes.add(scope.asText()));
                Terminal.line("%s  until %s  %s  (%s)%s%s"
                        .formatted(
                                key.path("id").asText(),
                                key.path("expiresAt").asText(),
                                key.path("name").asText(),
                                scopes,
                                key.path("lastUsedAt").isNull()
                                        ? "  never used"
                                        : "  used " + key.path("lastUsedAt").asText(),
                                key.path("revokedAt").isNull() ? "" : "  (revoked)"));
            }
            return 0;
        }
    }

    @Command(
            name = "rotate",
            mixinStandardHelpOptions = true,
            description = "Makes a key in place of another, which counts for another day, and prints it, this once.",
            footer = {"", "Example: deploy/cartulary keys rotate chatbot 0e5c6a0e-5f1f-4f0f-9a57-2f6f1b0c8c11"})
    int rotate(
            @Mixin ConsoleOptions at,
            @Parameters(paramLabel = "NAME") String name,
            @Parameters(paramLabel = "ID", description = "As list prints it.") UUID id) {
        return at.run(console -> {
            JsonNode issued = console.post(
                    PeopleCommand.path(console, name) + "/keys/" + id + "/rotate", Console.JSON.createObjectNode());
            Terminal.line(issued.path("text").asText());
        });
    }

    @Command(
            name = "revoke",
            mixinStandardHelpOptions = true,
            description = "Takes a key back at once.",
            footer = {"", "Example: deploy/cartulary keys revoke chatbot 0e5c6a0e-5f1f-4f0f-9a57-2f6f1b0c8c11"})
    int revoke(
            @Mixin ConsoleOptions at,
            @Parameters(paramLabel = "NAME") String name,
            @Parameters(paramLabel = "ID", description = "As list prints it.") UUID id) {
        return at.run(console -> {
            console.delete(PeopleCommand.path(console, name) + "/keys/" + id);
            Terminal.line("Revoked.");
        });
    }
}

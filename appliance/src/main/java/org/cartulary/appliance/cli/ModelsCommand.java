package org.cartulary.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "models",
        description = "Shows the models of this installation.",
        footer = {"", "Example: deploy/cartulary models list"})
final class ModelsCommand {
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists models with their hashes and roles.",
            footer = {"", "Example: deploy/cartulary models list --json"})
    int list(
            @Mixin HomeOption home,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        try (Console console = Console.open(home.directory())) {
            JsonNode models = console.get("/api/models");
            if (json) {
                Terminal.line(models.toString());
                return 0;
            }
            for (JsonNode model : models.path("models")) {
                Terminal.line("%s  %-9s  %-8s  %s%s%s"
                        .formatted(
                                model.path("sha256").asText().substring(0, 16),
                                model.path("role").asText(),
                                model.path("quantisation").asText(),
                                model.path("name").asText(),
                                model.path("active").asBoolean() ? "  (in use)" : "",
                                model.path("demonstrationOnly").asBoolean() ? "  (demonstration only)" : ""));
            }
            return 0;
        }
    }
}

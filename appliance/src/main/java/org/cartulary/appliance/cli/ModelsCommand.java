package org.cartulary.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "models",
        description = "Shows, imports, checks, chooses and removes the models of this installation.",
        subcommands = ModelsImportCommand.class,
        footer = {
            "",
            "Example: deploy/cartulary models list",
            "         deploy/cartulary models import /srv/models/qwen.gguf --licence Apache-2.0",
            "         deploy/cartulary models use qwen"
        })
final class ModelsCommand {
    private static final String NAME = "Its name, or at least 8 digits of its hash, as list prints them.";

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists models with their hashes and roles, and says which serve.",
            footer = {"", "Example: deploy/cartulary models list --json"})
    int list(
            @Mixin ConsoleOptions at,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        try (Console console = at.open()) {
            JsonNode models = console.get("/api/models");
            if (json) {
                Terminal.line(models.toString());
                return 0;
            }
            models.path("models").forEach(ModelsCommand::show);
            models.path("switches")
                    .forEach(change -> Terminal.remark(change.path("role").asText() + " is changing to "
                            + change.path("name").asText() + ": "
                            + change.path("phase").asText()));
            return 0;
        }
    }

    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = {
                "Reads models whole and compares their hashes with their manifests. Exit code 1 names what was changed."
            },
            footer = {"", "Example: deploy/cartulary models verify"})
    int verify(
            @Mixin ConsoleOptions at,
            @Parameters(paramLabel = "MODEL", arity = "0..1", description = NAME) @Nullable String model,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        try (Console console = at.open()) {
            ObjectNode body = Console.JSON.createObjectNode();
            if (model != null) {
                body.put("model", model);
            }
            JsonNode verdicts = ProgressEvents.follow(console, "/api/models/verify", body);
            if (json) {
                Terminal.line(verdicts.toString());
            } else {
                verdicts.path("models").forEach(ModelsCommand::showVerdict);
            }
            return verdicts.path("intact").asBoolean() ? 0 : 1;
        }
    }

    @Command(
            name = "use",
            mixinStandardHelpOptions = true,
            description = {
                "Puts a model in its role's place, now and after every restart. It loads beside the one that serves and",
                "takes over when it is ready; what the other has begun, it finishes. If it cannot serve, nothing changes."
            },
            footer = {"", "Example: deploy/cartulary models use 3f9a1c22"})
    int use(
            @Mixin ConsoleOptions at,
            @Parameters(paramLabel = "MODEL", description = NAME) String model,
            @Option(names = "--role", description = "The role that is expected of it: chat, embedding or rerank.")
                    @Nullable
                    String role,
            @Option(
                            names = "--restart",
                            description = "Let the old model end first, where memory is too little for both;"
                                    + " requests wait meanwhile.")
                    boolean restart,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        return at.run(console -> {
            ObjectNode body =
                    Console.JSON.createObjectNode().put("model", model).put("restart", restart);
            if (role != null) {
                body.put("role", role);
            }
            JsonNode choice = ProgressEvents.follow(console, "/api/models/use", body);
            Terminal.line(
                    json
                            ? choice.toString()
                            : choice.path("name").asText()
                                    + (choice.path("changed").asBoolean() ? " serves " : " serves already: ")
                                    + choice.path("role").asText());
        });
    }

    @Command(
            name = "withdraw-reranker",
            mixinStandardHelpOptions = true,
            description = "Lets searches go without the reranker, now and after every restart.",
            footer = {"", "Example: deploy/cartulary models withdraw-reranker"})
    int withdrawReranker(
            @Mixin ConsoleOptions at,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        return at.run(console -> {
            JsonNode answer = console.post("/api/models/withdraw-reranker", Console.JSON.createObjectNode());
            String name = answer.path("withdrawn").asText();
            Terminal.line(
                    json
                            ? answer.toString()
                            : answer.path("withdrawn").isNull()
                                    ? "No reranker was in use."
                                    : "Searches go without " + name + " from now on.");
        });
    }

    @Command(
            name = "promote",
            mixinStandardHelpOptions = true,
            description = {
                "Trusts a chat model to word answers, where cartulary.answer.mode is generate. Until then, and while",
                "another model serves that is not promoted, answers are sentences of the documents. Measure it first",
                "with eval --answers --mode generate."
            },
            footer = {"", "Example: deploy/cartulary models promote 3f9a1c22"})
    int promote(@Mixin ConsoleOptions at, @Parameters(paramLabel = "MODEL", description = NAME) String model) {
        return at.run(console -> {
            console.put("/api/models/" + Console.encoded(model) + "/promotion");
            Terminal.line(model + " may word answers from now on, where cartulary.answer.mode is generate.");
        });
    }

    @Command(
            name = "demote",
            mixinStandardHelpOptions = true,
            description = "Takes a promotion back: answers are quotes again while this model serves.",
            footer = {"", "Example: deploy/cartulary models demote 3f9a1c22"})
    int demote(@Mixin ConsoleOptions at, @Parameters(paramLabel = "MODEL", description = NAME) String model) {
        return at.run(console -> {
            console.delete("/api/models/" + Console.encoded(model) + "/promotion");
            Terminal.line(model + " words no answers from now on.");
        });
    }

    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = "Deletes an imported model that is not in use.",
            footer = {"", "Example: deploy/cartulary models remove 3f9a1c22"})
    int remove(
            @Mixin ConsoleOptions at,
            @Parameters(paramLabel = "MODEL", description = NAME) String model,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        return at.run(console -> {
            console.delete("/api/models/" + Console.encoded(model));
            Terminal.line(
                    json ? Console.JSON.createObjectNode().put("removed", model).toString() : "Removed " + model);
        });
    }

    private static void show(JsonNode model) {
        boolean active = model.path("active").asBoolean();
        boolean chosen = model.path("chosen").asBoolean();
        Terminal.line("%s  %-9s  %-8s  %8d MB  %-8s  %s%s%s%s"
                .formatted(
                        model.path("sha256").asText().substring(0, 16),
                        model.path("role").asText(),
                        model.path("quantisation").asText(),
                        model.path("bytes").asLong() / 1_000_000,
                        model.path("origin").asText(),
                        model.path("name").asText(),
                        active ? "  (in use)" : chosen ? "  (chosen, not serving)" : "",
                        model.path("demonstrationOnly").asBoolean() ? "  (demonstration only)" : "",
                        model.path("promoted").asBoolean() ? "  (promoted)" : ""));
    }

    private static void showVerdict(JsonNode verdict) {
        String digits = verdict.path("sha256").asText().substring(0, 16);
        boolean intact = verdict.path("intact").asBoolean();
        Terminal.line(digits + "  " + verdict.path("name").asText()
                + (intact ? "  intact" : "  CHANGED: " + verdict.path("problem").asText()));
    }
}

package org.cartulary.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        description = {
            "Takes a GGUF file into this installation: shows what it says of itself, asks, copies it under its hash, and",
            "loads it once in a process of its own. It serves only when it is chosen (models use)."
        },
        footer = {
            "",
            "Example: deploy/cartulary models import /srv/models/qwen.gguf --dry-run",
            "         deploy/cartulary models import /srv/models/qwen.gguf --licence Apache-2.0 --requantize Q8_0 --yes"
        })
final class ModelsImportCommand implements Callable<Integer> {
    private static final int WRONG_USE = 2;

    @Mixin
    private final ConsoleOptions at = new ConsoleOptions();

    @Parameters(paramLabel = "FILE", description = "A GGUF file on this machine, in one part.")
    private Path file = Path.of("");

    @Option(names = "--role", description = "chat, embedding or rerank, against what the header speaks for.")
    private @Nullable String role;

    @Option(names = "--name", description = "What it is called here (default: what the header says).")
    private @Nullable String name;

    @Option(names = "--licence", description = "The licence that you have it under, where the header names none.")
    private @Nullable String licence;

    @Option(names = "--template", description = "A known chat template, for a model that brings none: chatml.")
    private @Nullable String template;

    @Option(names = "--pooling", description = "For an embedder whose header does not say: mean, cls or last.")
    private @Nullable String pooling;

    @Option(names = "--query-prefix", description = "What an embedder wants before each query.")
    private @Nullable String queryPrefix;

    @Option(names = "--passage-prefix", description = "What an embedder wants before each passage.")
    private @Nullable String passagePrefix;

    @Option(
            names = "--requantize",
            paramLabel = "TYPE",
            description = "Make a copy for this processor as well: Q8_0, Q6_K, Q5_K_M, Q4_K_M or Q4_0.")
    private @Nullable String requantize;

    @Option(names = "--untried", description = "Accept it without loading it once.")
    private boolean untried;

    @Option(names = "--dry-run", description = "Only show what it is.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Option(names = "--json", description = "Print one JSON object instead of text; needs --yes or --dry-run.")
    private boolean json;

    @Override
    public Integer call() {
        if (!dryRun && !yes && (json || terminal().isEmpty())) {
            Terminal.remark("cartulary: nobody can be asked here: say --yes to import, or --dry-run to look.");
            return WRONG_USE;
        }
        String path = file.toAbsolutePath().normalize().toString();
        try (Console console = at.open()) {
            JsonNode profile = ProgressEvents.follow(
                    console,
                    "/api/models/inspect",
                    Console.JSON.createObjectNode().put("path", path));
            if (!json) {
                show(profile);
            }
            if (dryRun) {
                return printed(profile, null);
            }
            if (!yes && !confirmed()) {
                Terminal.remark("Not imported.");
                return 1;
            }
            return printed(profile, ProgressEvents.follow(console, "/api/models", request(path, profile)));
        }
    }

    private ObjectNode request(String path, JsonNode profile) {
        ObjectNode body = Console.JSON
                .createObjectNode()
                .put("path", path)
                .put("sha256", profile.path("sha256").asText())
                .put("untried", untried);
        put(body, "role", role);
        put(body, "name", name);
        put(body, "licence", licence);
        put(body, "template", template);
        put(body, "pooling", pooling);
        put(body, "queryPrefix", queryPrefix);
        put(body, "passagePrefix", passagePrefix);
        put(body, "requantize", requantize);
        return body;
    }

    private static void put(ObjectNode body, String field, @Nullable String value) {
        if (value != null) {
            body.put(field, value);
        }
    }

    private int printed(JsonNode profile, @Nullable JsonNode outcome) {
        if (json) {
            ObjectNode both = Console.JSON.createObjectNode();
            both.set("profile", profile);
            if (outcome != null) {
                both.set("import", outcome);
            }
            Terminal.line(both.toString());
        } else if (outcome != null) {
            show(outcome, "imported", "sha256", "name", "The installation has this file already");
            if (!outcome.path("copy").isNull()) {
                show(outcome, "copied", "copy", "copyName", "The installation has this copy already");
            }
        }
        return 0;
    }

    private static void show(JsonNode outcome, String fresh, String hash, String called, String otherwise) {
        String what = outcome.path(called).asText() + " ("
                + outcome.path(hash).asText().substring(0, 16) + ")";
        Terminal.line(
                outcome.path(fresh).asBoolean()
                        ? "Imported " + what + "; choose it with: models use "
                                + outcome.path(hash).asText().substring(0, 16)
                        : otherwise + ": " + what);
    }

    private void show(JsonNode profile) {
        line("name", name != null ? name : profile.path("name").asText());
        line("architecture", profile.path("architecture").asText());
        line("parameters", "%,d".formatted(profile.path("parameters").asLong()));
        line(
                "quantisation",
                profile.path("quantisation").asText() + ", most weights "
                        + profile.path("dominantType").asText());
        line("context", "%,d tokens".formatted(profile.path("contextTokens").asLong()));
        line(
                "tokenizer",
                profile.path("tokenizer").asText()
                        + ", %,d tokens".formatted(profile.path("vocabulary").asLong()));
        line("chat template", template(profile.path("template")));
        line("licence", licenceOf(profile));
        line("size", "%,d bytes".formatted(profile.path("bytes").asLong()));
        line("SHA-256", profile.path("sha256").asText());
        line(
                "role",
                role != null ? role + " (as you say)" : profile.path("role").asText() + " (proposed)");
        if (profile.path("known").asBoolean()) {
            Terminal.line("The installation has this file already.");
        }
    }

    private String licenceOf(JsonNode profile) {
        String stated = profile.path("licence").isNull()
                ? null
                : profile.path("licence").asText();
        if (licence != null) {
            return licence + " (as you say" + (stated == null ? ")" : "; the file says " + stated + ")");
        }
        return stated == null ? "NOT STATED in the file: say --licence" : stated;
    }

    private static String template(JsonNode template) {
        return template.isNull()
                ? "none"
                : (template.path("problem").isNull()
                                ? "can be used, "
                                : "CANNOT BE USED: " + template.path("problem").asText() + " ")
                        + "%,d characters, sha256 %s, begins %s"
                                .formatted(
                                        template.path("characters").asInt(),
                                        template.path("sha256").asText().substring(0, 16),
                                        template.path("firstLine").asText());
    }

    private static void line(String label, String value) {
        Terminal.line("%-14s %s".formatted(label, value));
    }

    /** There is none where input or output is redirected; later releases of Java have one that is no terminal. */
    private static Optional<java.io.Console> terminal() {
        return Optional.ofNullable(System.console()).filter(java.io.Console::isTerminal);
    }

    private static boolean confirmed() {
        String answer = terminal()
                .map(terminal -> terminal.readLine("Import it? [y/N] "))
                .orElse("");
        return answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }
}

package org.cartulary.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The part of {@code audit} by which compliance officers look for questions, read, compare and judge them. */
final class ReviewCommands {
    private ReviewCommands() {}

    @Command(
            name = "questions",
            mixinStandardHelpOptions = true,
            description = "Finds questions on record, latest first. The search is an entry of the log itself.",
            footer = {"", "Example: deploy/cartulary audit questions --since 2026-11-01 --outcome abstained"})
    static final class Questions implements Callable<Integer> {
        @Mixin
        private final ConsoleOptions at = new ConsoleOptions();

        @Option(names = "--since", description = "A day or an instant, in UTC.")
        private @Nullable String since;

        @Option(names = "--until", description = "Before this day or instant, in UTC.")
        private @Nullable String until;

        @Option(names = "--actor", description = "Pseudonym, as audit show prints it.")
        private @Nullable String actor;

        @Option(names = "--outcome", description = "answered, abstained, refused, failed, cancelled or interrupted.")
        private @Nullable String outcome;

        @Option(names = "--document", description = "Id of a document that was found or shown.")
        private @Nullable String document;

        @Option(names = "--case", description = "Reference that the asker stated.")
        private @Nullable String reference;

        @Option(names = "--model", description = "SHA-256 of the file of the model that answered.")
        private @Nullable String model;

        @Option(names = "--all", description = "Other acts, too.")
        private boolean all;

        @Option(names = "--before", description = "Only numbers below this one: the next page.")
        private @Nullable Long before;

        @Option(names = "--limit", defaultValue = "50", description = "At most so many, 1 to 1000.")
        private int limit;

        @Option(names = "--json", description = "Print one JSON object instead of text.")
        private boolean json;

        @Override
        public Integer call() {
            return at.run(console -> {
                JsonNode page = console.get("/api/audit/questions?" + query());
                if (json) {
                    Terminal.line(page.toString());
                    return;
                }
                page.path("questions").forEach(Questions::print);
                if (!page.path("next").isNull()) {
                    Terminal.line(
                            "There are more: --before " + page.path("next").asLong());
                }
            });
        }

        private String query() {
            Map<String, Object> given = new LinkedHashMap<>();
            put(given, "from", since);
            put(given, "to", until);
            put(given, "actor", actor);
            put(given, "outcome", outcome);
            put(given, "document", document);
            put(given, "reference", reference);
            put(given, "model", model);
            put(given, "before", before);
            given.put("all", all);
            given.put("limit", limit);
            return given.entrySet().stream()
                    .map(one ->
                            one.getKey() + "=" + Console.encoded(one.getValue().toString()))
                    .collect(Collectors.joining("&"));
        }

        private static void put(Map<String, Object> given, String name, @Nullable Object value) {
            if (value != null) {
                given.put(name, value);
            }
        }

        private static void print(JsonNode found) {
            String person = found.path("person").asText("");
            Terminal.line("%8d  %-27s  %-20s  %-12s  %s"
                    .formatted(
                            found.path("number").asLong(),
                            found.path("time").asText(),
                            found.path("type").asText(),
                            found.path("outcome").asText("-"),
                            person.isEmpty() || person.equals("null")
                                    ? found.path("actor").asText()
                                    : person));
        }
    }

    @Command(
            name = "question",
            mixinStandardHelpOptions = true,
            description =
                    "Opens what is sealed of a question or another act, with its reviews. That is an entry itself.",
            footer = {"", "Example: deploy/cartulary audit question 17"})
    static final class Question implements Callable<Integer> {
        @Mixin
        private final ConsoleOptions at = new ConsoleOptions();

        @Parameters(paramLabel = "NUMBER", description = "Number of the question.")
        private long number;

        @Override
        public Integer call() {
            return at.run(console ->
                    Terminal.line(console.get("/api/audit/questions/" + number).toPrettyString()));
        }
    }

    @Command(
            name = "compare",
            mixinStandardHelpOptions = true,
            description = "Puts two questions beside each other: what went in, what was found, what came out.",
            footer = {"", "Example: deploy/cartulary audit compare 17 42"})
    static final class Compare implements Callable<Integer> {
        @Mixin
        private final ConsoleOptions at = new ConsoleOptions();

        @Parameters(paramLabel = "ONE", index = "0", description = "Number of a question.")
        private long one;

        @Parameters(paramLabel = "OTHER", index = "1", description = "Number of another.")
        private long other;

        @Override
        public Integer call() {
            return at.run(console -> Terminal.line(console.get("/api/audit/compare?one=" + one + "&other=" + other)
                    .toPrettyString()));
        }
    }

    @Command(
            name = "review",
            mixinStandardHelpOptions = true,
            description = "Signs off what you found of a question. It can be reviewed again; every review stays.",
            footer = {"", "Example: deploy/cartulary audit review 17 --verdict correct --remark \"As the rule says.\""})
    static final class Review implements Callable<Integer> {
        @Mixin
        private final ConsoleOptions at = new ConsoleOptions();

        @Parameters(paramLabel = "NUMBER", description = "Number of the question.")
        private long number;

        @Option(
                names = "--verdict",
                required = true,
                description = "correct, incomplete, incorrect, unsupported or harmful.")
        private String verdict = "";

        @Option(names = "--remark", defaultValue = "", description = "In words; kept sealed.")
        private String remark = "";

        @Override
        public Integer call() {
            return at.run(console -> {
                ObjectNode wanted =
                        Console.JSON.createObjectNode().put("verdict", verdict).put("remark", remark);
                JsonNode reviewed = console.post("/api/audit/questions/" + number + "/reviews", wanted);
                Terminal.line("Reviewed: " + verdict + ". The review has the number "
                        + reviewed.path("review").asLong() + ".");
            });
        }
    }
}

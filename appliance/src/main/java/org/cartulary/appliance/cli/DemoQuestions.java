package org.cartulary.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Asks the demo's questions and says which answers were right, by what the corpus' author wrote down beforehand. */
final class DemoQuestions {
    private final Console console;
    private final boolean json;
    private int asked;
    private int right;

    DemoQuestions(Console console, boolean json) {
        this.console = console;
        this.json = json;
    }

    void ask(JsonNode question, String collection) {
        ObjectNode body = Console.JSON
                .createObjectNode()
                .put("question", question.path("question").asText())
                .put("collection", collection);
        ObjectNode answer = (ObjectNode) console.post("/api/ask", body);
        ReceiptFiles.keep(console, answer);
        asked++;
        boolean isRight = isRight(question, answer);
        right += isRight ? 1 : 0;
        if (json) {
            Terminal.line(answer.toString());
        } else {
            Terminal.line("");
            Terminal.line("Question: " + question.path("question").asText());
            AnswerText.printEnd(answer);
            Terminal.line(isRight ? "As expected." : "NOT as expected: " + expectation(question));
        }
    }

    String summary() {
        return right + " of " + asked + " questions answered as expected";
    }

    /** Right: it abstains where it should; else it says what must be said and cites the documents it must come from. */
    static boolean isRight(JsonNode question, JsonNode answer) {
        boolean abstained = answer.path("outcome").asText().equals("abstained");
        if (!question.path("answerable").asBoolean()) {
            return abstained;
        }
        String text = answer.path("answer").asText().toLowerCase(Locale.ROOT);
        Set<String> cited = new HashSet<>();
        answer.path("citations")
                .forEach(citation -> cited.add(citation.path("document").asText()));
        for (JsonNode phrase : question.path("expect").path("mustContain")) {
            if (!text.contains(phrase.asText().toLowerCase(Locale.ROOT))) {
                return false;
            }
        }
        for (JsonNode document : question.path("expect").path("documents")) {
            if (!cited.contains(document.asText())) {
                return false;
            }
        }
        return !abstained;
    }

    private static String expectation(JsonNode question) {
        return question.path("answerable").asBoolean()
                ? question.path("expect").toString()
                : "the documents do not answer this";
    }
}

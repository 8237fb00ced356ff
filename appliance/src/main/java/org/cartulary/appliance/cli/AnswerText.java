package org.cartulary.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** An answer for a person at a terminal. */
final class AnswerText {
    private AnswerText() {}

    static void printEnd(JsonNode answer) {
        Terminal.remark("");
        printUnderstood(answer);
        Terminal.line(answer.path("answer").asText());
        boolean abstained = answer.path("outcome").asText().equals("abstained");
        JsonNode sources = answer.path(abstained ? "nearest" : "citations");
        if (abstained && !sources.isEmpty()) {
            Terminal.line("The nearest passages:");
        }
        for (JsonNode source : sources) {
            Terminal.line("  [" + source.path("n").asInt() + "] "
                    + source.path("document").asText() + place(source) + "\n      \""
                    + shortened(source.path("quote").asText()) + "\"");
        }
        printConflicts(answer.path("conflicts"));
        if (!abstained) {
            Terminal.line(origin(answer));
        }
        Terminal.line(
                answer.path("receipt").isTextual()
                        ? "Receipt: " + answer.path("receipt").asText()
                        : "Receipt: not published yet; it is kept in the appliance");
    }

    static void printConflicts(JsonNode conflicts) {
        for (JsonNode conflict : conflicts) {
            Terminal.line("Documents in force differ ("
                    + conflict.path("difference").asText() + "); ask who keeps them which one holds:");
            for (JsonNode side : List.of(conflict.path("one"), conflict.path("other"))) {
                Terminal.line("      " + side.path("document").asText() + place(side) + "\n      \""
                        + shortened(side.path("quote").asText()) + "\"");
            }
        }
    }

    /** What was read into the question. */
    static void printUnderstood(JsonNode found) {
        for (JsonNode note : found.path("understood")) {
            Terminal.line("Understood: " + note.path("kind").asText() + " "
                    + note.path("text").asText() + " (" + note.path("effect").asText() + ")");
        }
    }

    private static String origin(JsonNode answer) {
        String model = answer.path("model").asText()
                + (answer.path("demonstrationOnly").asBoolean() ? " (for demonstration only)" : "");
        return answer.path("mode").asText().equals("quote")
                ? "Quoted word for word; " + model + " chose, and nothing was generated."
                : "Worded by " + model + "; each sentence was held against its source.";
    }

    /** Where in its document a passage stands, and how that stands itself where it is not simply in force. */
    static String place(JsonNode source) {
        String page = source.path("page").isNull() || source.path("page").isMissingNode()
                ? ""
                : ", page " + source.path("page").asInt();
        String anchor = source.path("anchor").asText("");
        return page + (anchor.isEmpty() || anchor.equals("null") ? "" : ", " + anchor) + standing(source);
    }

    private static String standing(JsonNode source) {
        String standing = source.path("standing").path("standing").asText("in-force");
        String told = standing.equals("in-force") ? "" : " [" + standing + "]";
        return told + (source.path("standing").path("reviewDue").asBoolean() ? " [due for a review]" : "");
    }

    private static String shortened(String quote) {
        String oneLine = quote.replaceAll("\\s+", " ");
        return oneLine.length() <= 240 ? oneLine : oneLine.substring(0, 239) + "…";
    }
}

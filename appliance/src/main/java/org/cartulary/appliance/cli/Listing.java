package org.cartulary.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.StringJoiner;
import java.util.function.Function;

/** Lists that the appliance answers with, for programs and for people. */
final class Listing {
    private Listing() {}

    /**
     * Prints an answer as it is, or a line for each of its rows.
     *
     * @param rows name of the field that holds them
     */
    static void print(JsonNode answer, boolean json, String rows, Function<JsonNode, String> line) {
        if (json) {
            Terminal.line(answer.toString());
            return;
        }
        answer.path(rows).forEach(row -> Terminal.line(line.apply(row)));
    }

    /** Texts of an array, with commas between them. */
    static String joined(JsonNode texts) {
        StringJoiner joined = new StringJoiner(", ");
        texts.forEach(text -> joined.add(text.asText()));
        return joined.toString();
    }
}

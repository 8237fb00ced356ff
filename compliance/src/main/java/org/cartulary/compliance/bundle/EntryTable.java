package org.cartulary.compliance.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cartulary.compliance.canonical.CanonicalJson;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.evidence.IndexRanges;
import org.cartulary.compliance.evidence.PublishedLog;

/** {@code entries.csv} (RFC 4180): what stands in clear in the leaves of the disclosed entries. For one thread. */
final class EntryTable {
    /** Taken from leaves by these names, but the first and {@code outcome}. */
    private static final List<String> FIELDS = List.of(
            "time",
            "type",
            "number",
            "actor",
            "act",
            "reason",
            "hits",
            "model",
            "generation",
            "policyVersion",
            "document",
            "collection");

    private static final int OUTCOME_AT = 4;

    /** Models that are remembered; a log that names more has been fed with nonsense. */
    private static final int MOST_MODELS = 1_000;

    private final PublishedLog log;
    private final IndexRanges disclosed;
    private final Set<String> models = new TreeSet<>();

    EntryTable(PublishedLog log, IndexRanges disclosed) {
        this.log = log;
        this.disclosed = disclosed;
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(line(row("index", "outcome", FIELDS.stream())));
        disclosed.forEach(index -> out.write(line(row(index, CanonicalJson.parse(log.leaf(index))))));
    }

    /** SHA-256 of the models that the leaves name; known once the table is written. */
    Set<String> models() {
        return models;
    }

    private Stream<String> row(long index, JsonNode leaf) {
        String model = leaf.path("model").asText();
        if (!model.isEmpty() && models.size() < MOST_MODELS) {
            models.add(model);
        }
        EntryType type = EntryType.ofWireName(leaf.path("type").asText());
        return row(
                Long.toString(index),
                type.endsQuestion() ? type.wireName() : "",
                FIELDS.stream().map(name -> leaf.path(name).asText()));
    }

    private static Stream<String> row(String index, String outcome, Stream<String> fields) {
        List<String> rest = fields.toList();
        return Stream.of(
                        Stream.of(index),
                        rest.stream().limit(OUTCOME_AT),
                        Stream.of(outcome),
                        rest.stream().skip(OUTCOME_AT))
                .flatMap(cells -> cells);
    }

    private static byte[] line(Stream<String> cells) {
        return Bundle.utf8(cells.map(EntryTable::cell).collect(Collectors.joining(",")) + "\r\n");
    }

    /** A cell that no spreadsheet takes for a formula: where it begins like one, an apostrophe goes before it. */
    static String cell(String value) {
        boolean formula = !value.isEmpty() && "=+-@\t\r\n|%".indexOf(value.charAt(0)) >= 0;
        String shown = formula ? "'" + value : value;
        boolean plain = shown.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return plain ? shown : "\"" + shown.replace("\"", "\"\"") + "\"";
    }
}

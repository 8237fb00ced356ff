package org.cartulary.compliance.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cartulary.compliance.canonical.CanonicalJson;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.evidence.IndexRanges;
import org.cartulary.compliance.evidence.PublishedLog;
import org.jspecify.annotations.Nullable;

/** The questions of a bundle as its report tells them: the first of them, and of long texts the beginning. */
final class ReportedQuestions {
    /** The most that are told. */
    static final int MOST = 500;

    /** Entries that are looked at; a question whose end comes later is told as not ended. */
    private static final int MOST_ENTRIES = 20_000;

    private static final int MOST_CHARS = 8_000;
    private static final int MOST_SOURCES = 32;
    private static final String DESTROYED = "(destroyed: only its digests are left)";

    private final TreeMap<Long, Question> byNumber = new TreeMap<>();
    private boolean cut;

    private ReportedQuestions() {}

    /**
     * What is told of one.
     *
     * @param ended type of the entry that ended it; empty where none is disclosed
     */
    record Question(
            String act,
            String askedAt,
            String actor,
            String question,
            String ended,
            String endedAt,
            String answer,
            List<JsonNode> sources) {}

    static ReportedQuestions of(PublishedLog log, IndexRanges disclosed) throws IOException {
        ReportedQuestions questions = new ReportedQuestions();
        int[] seen = {0};
        disclosed.forEach(index -> {
            if (seen[0]++ < MOST_ENTRIES) {
                questions.take(log, index, disclosed.endFrom(index));
            } else {
                questions.cut = true;
            }
        });
        return questions;
    }

    /** Whether there are more than are told. */
    boolean isCut() {
        return cut;
    }

    Map<Long, Question> byNumber() {
        return byNumber;
    }

    private void take(PublishedLog log, long index, long end) throws IOException {
        JsonNode leaf = CanonicalJson.parse(log.leaf(index));
        EntryType type = EntryType.ofWireName(leaf.path("type").asText());
        long number = leaf.path("number").asLong();
        Question asked = byNumber.get(number);
        if (type == EntryType.ASKED && byNumber.size() < MOST) {
            byNumber.put(number, asked(leaf, log.sealed(index, end).orElse(null)));
        } else if (type == EntryType.ASKED) {
            cut = true;
        } else if (asked != null && type.endsQuestion()) {
            byNumber.put(number, ended(asked, type, leaf, log.sealed(index, end).orElse(null)));
        }
    }

    private static Question asked(JsonNode leaf, @Nullable JsonNode sealed) {
        return new Question(
                leaf.path("act").asText(),
                leaf.path("time").asText(),
                leaf.path("actor").asText(),
                sealed == null ? DESTROYED : cut(sealed.path("question").asText()),
                "",
                "",
                "",
                List.of());
    }

    private static Question ended(Question asked, EntryType type, JsonNode leaf, @Nullable JsonNode sealed) {
        JsonNode shown = sealed == null ? MissingNode.getInstance() : sealed;
        List<JsonNode> sources = new ArrayList<>();
        shown.path("citations").forEach(source -> {
            if (sources.size() < MOST_SOURCES) {
                sources.add(source);
            }
        });
        return new Question(
                asked.act(),
                asked.askedAt(),
                asked.actor(),
                asked.question(),
                type.wireName(),
                leaf.path("time").asText(),
                sealed == null ? DESTROYED : cut(shown.path("answer").asText()),
                sources);
    }

    /** The beginning of a long text, and that it is one. */
    static String cut(String text) {
        return text.length() <= MOST_CHARS
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MOST_CHARS / 2))
                        + " \u2026 (cut: records/ has it whole)";
    }
}

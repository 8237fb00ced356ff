package org.cartulary.appliance.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.cartulary.appliance.audit.Reviewing.QuestionRecord;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.evidence.OpenedEntry;

/**
 * Two questions beside each other: what went in, what was found, what came out.
 *
 * @param sameQuestion word for word
 * @param samePolicy whether both were asked under the same version of rights
 * @param sameIndex whether both were searched in the same generation of the index
 * @param sameModel whether the same model answered, or chose
 * @param hits passages
 * @param sentences of the answers
 */
public record Comparison(
        QuestionRecord one,
        QuestionRecord other,
        boolean sameQuestion,
        boolean samePolicy,
        boolean sameIndex,
        boolean sameModel,
        Shared hits,
        Shared sentences) {
    /** What two have in common, and what one has alone; in the order of the one that has it. */
    public record Shared(List<String> both, List<String> onlyOne, List<String> onlyOther) {
        static Shared of(Set<String> one, Set<String> other) {
            return new Shared(
                    one.stream().filter(other::contains).toList(),
                    one.stream().filter(value -> !other.contains(value)).toList(),
                    other.stream().filter(value -> !one.contains(value)).toList());
        }
    }

    static Comparison of(QuestionRecord one, QuestionRecord other) {
        return new Comparison(
                one,
                other,
                question(one).equals(question(other)),
                isSame(one, other, "policyVersion"),
                isSame(one, other, "generation"),
                isSame(one, other, "model"),
                Shared.of(hits(one), hits(other)),
                Shared.of(sentences(one), sentences(other)));
    }

    /** The words of the question; empty where they were destroyed. */
    public static String question(QuestionRecord record) {
        return QuestionRecord.sealed(record.entry(EntryType.ASKED), "question").asText();
    }

    /** The words of the answer; empty where there was none, or it was destroyed. */
    public static String answer(QuestionRecord record) {
        return QuestionRecord.sealed(record.end(), "answer").asText();
    }

    private static boolean isSame(QuestionRecord one, QuestionRecord other, String field) {
        return Objects.equals(clear(one, field), clear(other, field));
    }

    private static JsonNode clear(QuestionRecord record, String field) {
        return record.end()
                .map(OpenedEntry::clear)
                .orElseGet(com.fasterxml.jackson.databind.node.MissingNode::getInstance)
                .path(field);
    }

    private static Set<String> hits(QuestionRecord record) {
        return texts(QuestionRecord.sealed(record.entry(EntryType.RETRIEVED), "hits"), "passage");
    }

    private static Set<String> sentences(QuestionRecord record) {
        return texts(QuestionRecord.sealed(record.end(), "sentences"), "text");
    }

    private static Set<String> texts(JsonNode list, String field) {
        Set<String> texts = new LinkedHashSet<>();
        list.forEach(item -> texts.add(item.path(field).asText()));
        return texts;
    }
}

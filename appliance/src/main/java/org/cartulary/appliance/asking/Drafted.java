package org.cartulary.appliance.asking;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cartulary.retrieval.context.Source;

/** A finished text with the citations that it really uses. */
record Drafted(
        String text,
        List<Answer.Sentence> sentences,
        List<Answer.Citation> citations,
        List<Answer.Citation> nearest,
        List<Source> used,
        List<String> withheld) {
    static Drafted nothing(String text, List<Answer.Citation> nearest) {
        return new Drafted(text, List.of(), List.of(), nearest, List.of(), List.of());
    }

    /** Sources that the text does not use are not listed as if it did. */
    static Drafted of(Wording.Draft draft, List<Source> sources) {
        List<Source> used = sources.stream()
                .filter(source -> draft.quotes().containsKey(source.number()))
                .toList();
        List<Answer.Citation> citations = used.stream()
                .map(source -> Citations.of(source.number(), source.hit(), quote(draft, source)))
                .toList();
        return new Drafted(draft.text(), draft.sentences(), citations, List.of(), used, draft.withheld());
    }

    private static String quote(Wording.Draft draft, Source source) {
        String quote = draft.quotes().getOrDefault(source.number(), "");
        return quote.isEmpty() ? source.labelled() : quote;
    }

    /** What the terminal entry keeps, sealed. */
    Map<String, Object> recorded() {
        Map<String, Object> record = new TreeMap<>();
        record.put("answer", text);
        record.put("sentences", sentences.stream().map(Drafted::recorded).toList());
        if (!withheld.isEmpty()) {
            record.put("withheld", withheld);
        }
        record.put("citations", used.stream().map(this::recorded).toList());
        return record;
    }

    private static Map<String, Object> recorded(Answer.Sentence sentence) {
        return new TreeMap<>(
                Map.of("text", sentence.text(), "citations", sentence.citations(), "supported", sentence.supported()));
    }

    private Map<String, Object> recorded(Source source) {
        Answer.Citation citation = citations.stream()
                .filter(candidate -> candidate.n() == source.number())
                .findFirst()
                .orElseThrow();
        Map<String, Object> record = new TreeMap<>();
        record.put("n", source.number());
        record.put("document", citation.documentId());
        record.put("path", citation.document());
        record.put("passage", citation.passage());
        record.put("page", citation.page() == null ? "" : citation.page().toString());
        record.put("quote", citation.quote());
        record.put("passageSha256", sha256(source.hit().text()));
        return record;
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

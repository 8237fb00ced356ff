package org.cartulary.appliance.asking;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cartulary.retrieval.conflict.Conflict;
import org.cartulary.retrieval.conflict.Statement;
import org.cartulary.retrieval.context.Source;
import org.cartulary.retrieval.search.Hit;
import org.cartulary.retrieval.search.Reranked;
import org.cartulary.retrieval.search.SearchResult;
import org.cartulary.retrieval.table.HeadingRow;

/** Hits and query vectors as evidence keeps them. Scores are text, since canonical JSON has doubles only. */
final class RecordedHits {
    private RecordedHits() {}

    static List<Map<String, Object>> of(List<Hit> hits) {
        return hits.stream().map(RecordedHits::of).toList();
    }

    /** What was read into the question. */
    static List<Map<String, Object>> understood(SearchResult found) {
        return found.understood().stream()
                .map(note -> (Map<String, Object>) note.recorded())
                .toList();
    }

    /** Little-endian float32, base64: exactly what was searched with, so that the search can be replayed. */
    static String vector(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : vector) {
            bytes.putFloat(value);
        }
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    /** What is shown or given to a model, by the numbers under which it is cited, with the heading rows that go before. */
    static List<Map<String, Object>> sources(List<Source> sources) {
        return sources.stream().map(RecordedHits::of).toList();
    }

    private static Map<String, Object> of(Source source) {
        Map<String, Object> recorded = place(source.hit(), source.start(), source.end());
        recorded.put("n", source.number());
        recorded.put("document", source.hit().document().toString());
        if (source.labels() != null) {
            HeadingRow row = source.labels();
            recorded.put("headingRow", place(row.hit(), row.start(), row.end()));
        }
        return recorded;
    }

    /** Where the statements stand; their texts are the documents'. */
    static List<Map<String, Object>> conflicts(List<Conflict> conflicts) {
        return conflicts.stream()
                .map(conflict -> (Map<String, Object>) new TreeMap<String, Object>(Map.of(
                        "one", of(conflict.one()), "other", of(conflict.other()), "difference", conflict.difference())))
                .toList();
    }

    private static Map<String, Object> of(Statement statement) {
        return place(statement.hit(), statement.start(), statement.end());
    }

    private static Map<String, Object> place(Hit hit, int start, int end) {
        return new TreeMap<>(Map.of("passage", Long.toString(hit.passage()), "start", start, "end", end));
    }

    /** Which reranker had its say, by the hash of its model, and what it said; or why it said nothing. */
    static Map<String, Object> reranker(Reranked reranked) {
        return switch (reranked) {
            case Reranked.No _ -> Map.of();
            case Reranked.Yes yes -> said(yes);
            case Reranked.Failed failed -> new TreeMap<>(Map.of("failed", failed.reason()));
        };
    }

    private static Map<String, Object> said(Reranked.Yes yes) {
        Map<String, Object> scores = new TreeMap<>();
        yes.record().scores().forEach((passage, score) -> scores.put(Long.toString(passage), Double.toString(score)));
        return new TreeMap<>(Map.of(
                "model",
                yes.model().sha256(),
                "candidates",
                yes.record().candidates(),
                "weight",
                Double.toString(yes.record().weight()),
                "scores",
                scores));
    }

    private static Map<String, Object> of(Hit hit) {
        Map<String, Object> recorded = new TreeMap<>();
        recorded.put("passage", Long.toString(hit.passage()));
        recorded.put("document", hit.document().toString());
        recorded.put("fused", Double.toString(hit.scores().fused()));
        recorded.put("ranked", Double.toString(hit.scores().ranked()));
        if (hit.scores().reranked() != null) {
            recorded.put("reranked", Double.toString(hit.scores().reranked()));
        }
        if (hit.scores().bm25() != null) {
            recorded.put("bm25", Double.toString(hit.scores().bm25()));
        }
        if (hit.scores().dense() != null) {
            recorded.put("dense", Double.toString(hit.scores().dense()));
        }
        return recorded;
    }
}

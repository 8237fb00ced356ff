package org.cartulary.appliance.asking;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cartulary.retrieval.search.Hit;
import org.cartulary.retrieval.search.SearchResult;

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

    private static Map<String, Object> of(Hit hit) {
        Map<String, Object> recorded = new TreeMap<>();
        recorded.put("passage", Long.toString(hit.passage()));
        recorded.put("document", hit.document().toString());
        recorded.put("fused", Double.toString(hit.scores().fused()));
        recorded.put("ranked", Double.toString(hit.scores().ranked()));
        if (hit.scores().bm25() != null) {
            recorded.put("bm25", Double.toString(hit.scores().bm25()));
        }
        if (hit.scores().dense() != null) {
            recorded.put("dense", Double.toString(hit.scores().dense()));
        }
        return recorded;
    }
}

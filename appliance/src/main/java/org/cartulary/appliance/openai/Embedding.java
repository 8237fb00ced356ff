package org.cartulary.appliance.openai;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.cartulary.appliance.asking.Presence;
import org.cartulary.appliance.asking.QuestionLog;
import org.cartulary.appliance.wiring.Modules;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.inference.Embedder;
import org.cartulary.inference.InferenceRefused;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.Refusal;

/**
 * Vectors for a caller's own texts, on record: who, when, with which model, and a digest of each text. The vectors follow
 * from text and model, so they are not kept. Thread-safe.
 */
@Singleton
final class Embedding {
    /** Texts that go to the model at once; between them others get their turn, and a caller's going is noticed. */
    private static final int AT_ONCE = 16;

    private final QuestionLog log;
    private final Modules modules;

    Embedding(QuestionLog log, Modules modules) {
        this.log = log;
        this.modules = modules;
    }

    /** Length of each vector. */
    int dimension() {
        return modules.inference().embedder().dimension();
    }

    /** Vectors in the order of the texts, and the tokens of all. */
    record Embedded(List<float[]> vectors, int tokens) {}

    /**
     * Embeds the texts of a request.
     *
     * @throws InferenceRefused when a text is too long; nothing is cut
     * @throws org.cartulary.appliance.asking.QuestionCancelled when nobody waits any more
     */
    Embedded embed(Principal by, ModelCard model, EmbeddingRequest request, Presence presence) {
        Map<String, Object> asked = Map.of(
                "textsSha256",
                Digests.of(request.texts()),
                "parameters",
                new TreeMap<>(
                        Map.of("inputType", request.input().name().toLowerCase(Locale.ROOT), "model", model.sha256())));
        return log.record(by, QuestionLog.Act.EMBEDDINGS, asked, question -> {
            Embedder embedder = modules.inference().embedder();
            List<float[]> vectors = vectors(embedder, request, presence);
            int tokens = embedder.countTokens(request.texts()).stream()
                    .mapToInt(Integer::intValue)
                    .sum();
            question.end(EntryType.ANSWERED, "embedded", Map.of("kernel", model.kernel(), "tokens", tokens));
            return new Embedded(vectors, tokens);
        });
    }

    private static List<float[]> vectors(Embedder embedder, EmbeddingRequest request, Presence presence) {
        List<float[]> vectors = new ArrayList<>();
        for (int from = 0; from < request.texts().size(); from += AT_ONCE) {
            presence.require();
            int to = Math.min(from + AT_ONCE, request.texts().size());
            vectors.addAll(embed(embedder.by(presence.caller()), request, from, to));
        }
        return vectors;
    }

    private static List<float[]> embed(Embedder embedder, EmbeddingRequest request, int from, int to) {
        try {
            return embedder.embed(request.texts().subList(from, to), request.input());
        } catch (InferenceRefused e) {
            // Counted from the caller's first text, not from this part's.
            if (e.refusal() instanceof Refusal.TextTooLong(int index, int tokens, int maxTokens)) {
                throw new InferenceRefused(new Refusal.TextTooLong(from + index, tokens, maxTokens));
            }
            throw e;
        }
    }
}

package org.cartulary.appliance.openai;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cartulary.appliance.asking.Presence;
import org.cartulary.appliance.asking.QuestionLog;
import org.cartulary.appliance.settings.Settings;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.inference.InferenceRefused;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.Refusal;
import org.cartulary.inference.Reranker;

/**
 * Scores for a caller's own documents, on record: the query, a digest of each document, and the scores. Thread-safe.
 */
@Singleton
final class Reranking {
    /** Documents that go to the model at once; between them others get their turn, and a caller's going is noticed. */
    private static final int AT_ONCE = 16;

    private final QuestionLog log;
    private final Settings settings;

    Reranking(QuestionLog log, Settings settings) {
        this.log = log;
        this.settings = settings;
    }

    /**
     * Scores the documents of a request.
     *
     * @throws InferenceRefused when the query and a document are too long; nothing is cut
     * @throws org.cartulary.appliance.asking.QuestionCancelled when nobody waits any more
     */
    Ranking rank(Principal by, Reranker reranker, RerankRequest request, Presence presence) {
        ModelCard model = reranker.model();
        Map<String, Object> asked = Map.of(
                "question",
                request.query(),
                "textsSha256",
                Digests.of(request.documents()),
                "parameters",
                new TreeMap<>(Map.of("topN", request.topN(), "model", model.sha256())));
        return log.record(by, QuestionLog.Act.RERANK, asked, question -> {
            List<Double> scores = scores(reranker, request, presence);
            List<String> texts = new ArrayList<>(request.documents());
            texts.add(request.query());
            int tokens = reranker.countTokens(texts).stream()
                    .mapToInt(Integer::intValue)
                    .sum();
            question.end(
                    EntryType.ANSWERED,
                    "reranked",
                    Map.of(
                            "kernel",
                            model.kernel(),
                            "scores",
                            scores.stream().map(score -> Double.toString(score)).toList()));
            return Ranking.of(model.name(), request, scores, tokens);
        });
    }

    private List<Double> scores(Reranker reranker, RerankRequest request, Presence presence) {
        long end = System.nanoTime() + settings.answerDeadline().toNanos();
        List<Double> scores = new ArrayList<>();
        for (int from = 0; from < request.documents().size(); from += AT_ONCE) {
            presence.require();
            int to = Math.min(from + AT_ONCE, request.documents().size());
            Duration left = Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()));
            scores.addAll(scores(reranker.by(presence.caller()), request, from, to, left));
        }
        return scores;
    }

    private static List<Double> scores(Reranker reranker, RerankRequest request, int from, int to, Duration left) {
        try {
            return reranker.rerank(request.query(), request.documents().subList(from, to), left);
        } catch (InferenceRefused e) {
            // Counted from the caller's first document, not from this part's.
            if (e.refusal() instanceof Refusal.PairTooLong(int index, int tokens, int maxTokens)) {
                throw new InferenceRefused(new Refusal.PairTooLong(from + index, tokens, maxTokens));
            }
            throw e;
        }
    }
}

package org.cartulary.appliance.wiring;

import java.nio.file.Path;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.models.StoredModel;
import org.cartulary.inference.supervision.InferenceConfig;
import org.cartulary.inference.supervision.InferenceWorkers;
import org.cartulary.retrieval.Retrieval;
import org.cartulary.retrieval.evaluation.Evaluation;
import org.cartulary.retrieval.evaluation.EvaluationReport;
import org.cartulary.retrieval.search.RerankPolicy;
import org.jspecify.annotations.Nullable;

/** The product's own retrieval, measured in an installation of its own. */
public final class EvaluationHome {
    private EvaluationHome() {}

    /**
     * Indexes and measures a set.
     *
     * @param set holds {@code corpus.jsonl}, {@code queries.jsonl} and {@code qrels.tsv}
     * @param reranker null to measure without one
     */
    public static EvaluationReport run(Path set, @Nullable StoredModel reranker, RerankPolicy policy) {
        return ScratchHome.with(parts -> measure(set, reranker, policy, parts));
    }

    private static EvaluationReport measure(
            Path set, @Nullable StoredModel reranker, RerankPolicy policy, ScratchHome.Parts parts) {
        InferenceConfig config = InferenceConfig.defaults(
                        parts.settings().cache(), parts.home().resolve("inference"))
                .withChat(null)
                .with(ModelCard.Role.RERANK, reranker);
        try (InferenceWorkers inference = InferenceWorkers.start(config);
                Retrieval retrieval = parts.retrieval(inference.embedder(), inference::reranker, policy)) {
            inference.awaitReady();
            return new Evaluation(retrieval, inference.embedder()).run(set);
        }
    }
}

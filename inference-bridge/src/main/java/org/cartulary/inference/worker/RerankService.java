package org.cartulary.inference.worker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.cartulary.inference.InferenceRefused;
import org.cartulary.inference.Refusal;
import org.cartulary.inference.embedding.SelfCheck;
import org.cartulary.inference.llama.GgufEncoding;
import org.cartulary.inference.llama.LlamaRerankEngine;
import org.cartulary.inference.llama.LlamaRuntime;
import org.cartulary.inference.models.GgufHeader;
import org.cartulary.inference.models.ModelRefused;
import org.cartulary.inference.models.StoredModel;
import org.cartulary.inference.protocol.Message;

/** Reranking by llama.cpp. */
final class RerankService implements RoleService {
    private static final Duration CHECK_EVERY = Duration.ofMinutes(10);
    private static final String QUERY = "Who signs the log?";

    private final StoredModel model;
    private final LlamaRerankEngine engine;
    private final TextRequests requests;

    private RerankService(StoredModel model, LlamaRerankEngine engine, TextRequests requests) {
        this.model = model;
        this.engine = engine;
        this.requests = requests;
    }

    static RerankService load(WorkerSettings settings, StoredModel model, Replies replies) {
        if (!model.manifest().format().equals("gguf")) {
            throw new ModelRefused(
                    "The reranker " + model.manifest().name() + " is no GGUF: import one in that format.");
        }
        GgufEncoding encoding = new GgufEncoding(model.manifest(), GgufHeader.read(model.file()));
        LlamaRuntime runtime = LlamaRuntime.open(Path.of(settings.libraries()));
        LlamaRerankEngine engine = LlamaRerankEngine.load(runtime, model.file(), encoding, settings.threads());
        SelfCheck check = SelfCheck.atStart(
                engine.lanes().getFirst(),
                engine.tokenise(QUERY, SelfCheck.SENTENCE),
                model.manifest().sha256());
        LanePool pool = new LanePool(engine.lanes(), check, CHECK_EVERY, replies::abandon);
        return new RerankService(model, engine, new TextRequests(pool, settings.queueLength(), replies));
    }

    @Override
    public Message.Ready ready(long hashMillis, long loadMillis) {
        return new Message.Ready(
                model.card(engine.kernel(), engine.maxTokens()), 0, engine.maxTokens(), hashMillis, loadMillis);
    }

    @Override
    public void handle(long request, Message message) {
        if (message instanceof Message.Rerank rerank) {
            requests.take(
                    request,
                    new Turn(rerank.caller(), false),
                    rerank.deadlineMillis(),
                    reader -> new Message.Scores(scores(rerank, reader)));
        } else {
            requests.handle(request, message, engine::countTokens);
        }
    }

    @Override
    public Message.Beat beat() {
        return requests.beat();
    }

    @Override
    public void drain(Duration patience) {
        requests.drain(patience);
    }

    /** All pairs are measured before the first is scored, so that a refusal costs nothing. */
    private List<Double> scores(Message.Rerank rerank, TextRequests.Reader reader) {
        List<int[]> pairs = new ArrayList<>();
        for (int i = 0; i < rerank.passages().size(); i++) {
            reader.requireWanted();
            int[] pair = engine.tokenise(rerank.query(), rerank.passages().get(i));
            if (pair.length > engine.maxTokens()) {
                throw new InferenceRefused(new Refusal.PairTooLong(i, pair.length, engine.maxTokens()));
            }
            if (pair.length == 0) {
                throw new InferenceRefused(new Refusal.BadRequest(
                        "Query and passage " + i + " are empty, and this model scores nothing of nothing."));
            }
            pairs.add(pair);
        }
        return reader.read(pairs).stream()
                .map(output -> engine.score(output[0]))
                .toList();
    }
}

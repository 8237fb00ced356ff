package org.cartulary.inference.worker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.cartulary.inference.Embedder;
import org.cartulary.inference.InferenceRefused;
import org.cartulary.inference.Refusal;
import org.cartulary.inference.embedding.EmbeddingEngine;
import org.cartulary.inference.embedding.EmbeddingShape;
import org.cartulary.inference.embedding.SelfCheck;
import org.cartulary.inference.embedding.Windows;
import org.cartulary.inference.llama.GgufEncoding;
import org.cartulary.inference.llama.LlamaEmbeddingEngine;
import org.cartulary.inference.llama.LlamaRuntime;
import org.cartulary.inference.models.GgufHeader;
import org.cartulary.inference.models.ModelManifest;
import org.cartulary.inference.models.StoredModel;
import org.cartulary.inference.onnx.OnnxEmbeddingEngine;
import org.cartulary.inference.onnx.OnnxLibraries;
import org.cartulary.inference.onnx.OnnxShape;
import org.cartulary.inference.protocol.Message;

/** Embeddings, by whichever engine runs the model. */
final class EmbeddingService implements RoleService {
    private static final Duration CHECK_EVERY = Duration.ofMinutes(10);

    private final StoredModel model;
    private final EmbeddingEngine engine;
    private final TextRequests requests;

    private EmbeddingService(StoredModel model, EmbeddingEngine engine, TextRequests requests) {
        this.model = model;
        this.engine = engine;
        this.requests = requests;
    }

    static EmbeddingService load(WorkerSettings settings, StoredModel model, Replies replies) {
        EmbeddingEngine engine = engine(settings, model);
        int[] sentence = engine.tokenise(SelfCheck.SENTENCE, Embedder.Input.PASSAGE);
        SelfCheck check = SelfCheck.atStart(
                engine.lanes().getFirst(), sentence, model.manifest().sha256());
        LanePool pool = new LanePool(engine.lanes(), check, CHECK_EVERY, replies::abandon);
        return new EmbeddingService(model, engine, new TextRequests(pool, settings.queueLength(), replies));
    }

    private static EmbeddingEngine engine(WorkerSettings settings, StoredModel model) {
        ModelManifest manifest = model.manifest();
        Path libraries = Path.of(settings.libraries());
        if (manifest.format().equals("gguf")) {
            GgufEncoding encoding = new GgufEncoding(manifest, GgufHeader.read(model.file()));
            return LlamaEmbeddingEngine.load(LlamaRuntime.open(libraries), model.file(), encoding, settings.threads());
        }
        OnnxLibraries.use(libraries);
        return OnnxEmbeddingEngine.load(model.file(), model.tokenizer(), OnnxShape.of(manifest), settings.threads());
    }

    @Override
    public Message.Ready ready(long hashMillis, long loadMillis) {
        EmbeddingShape shape = engine.shape();
        return new Message.Ready(
                model.card(engine.kernel(), shape.maxTokens()),
                shape.dimension(),
                shape.maxTokens(),
                hashMillis,
                loadMillis);
    }

    @Override
    public void handle(long request, Message message) {
        if (message instanceof Message.Embed embed) {
            Turn turn = new Turn(embed.caller(), embed.input() == Embedder.Input.QUERY);
            requests.take(request, turn, embed.deadlineMillis(), reader -> new Message.Vectors(vectors(embed, reader)));
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

    /** All texts are measured before the first is embedded, so that a refusal costs nothing. */
    private List<float[]> vectors(Message.Embed embed, TextRequests.Reader reader) {
        int[] frame = engine.tokenise("", embed.input());
        List<Windows> texts = new ArrayList<>();
        for (int i = 0; i < embed.texts().size(); i++) {
            reader.requireWanted();
            texts.add(windows(i, embed, frame));
        }
        List<float[]> pieces = reader.read(
                texts.stream().flatMap(text -> text.pieces().stream()).toList());
        List<float[]> vectors = new ArrayList<>();
        int from = 0;
        for (Windows text : texts) {
            int to = from + text.pieces().size();
            vectors.add(text.vector(pieces.subList(from, to), engine.shape().normalise()));
            from = to;
        }
        return vectors;
    }

    private Windows windows(int index, Message.Embed embed, int[] frame) {
        int maxTokens = engine.shape().maxTokens();
        int[] tokens = engine.tokenise(embed.texts().get(index), embed.input());
        if (tokens.length == 0) {
            throw new InferenceRefused(new Refusal.BadRequest(
                    "Text " + index + " is empty, and this model makes no vector of nothing: leave it out."));
        }
        if (tokens.length > maxTokens && embed.overlong() == Embedder.Overlong.REFUSE) {
            throw new InferenceRefused(new Refusal.TextTooLong(index, tokens.length, maxTokens));
        }
        Windows windows = Windows.over(tokens, frame, maxTokens);
        if (windows.pieces().size() > Windows.MOST) {
            throw new InferenceRefused(new Refusal.BadRequest("Text " + index + " has " + tokens.length
                    + " tokens, which takes " + windows.pieces().size() + " windows of " + maxTokens + "; at most "
                    + Windows.MOST + " are possible: split it."));
        }
        return windows;
    }
}

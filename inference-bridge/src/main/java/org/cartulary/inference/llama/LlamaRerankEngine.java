package org.cartulary.inference.llama;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.cartulary.inference.embedding.Lane;
import org.cartulary.inference.embedding.Pooling;
import org.cartulary.inference.embedding.Vectors;
import org.cartulary.inference.models.ModelRefused;
import org.jspecify.annotations.Nullable;

/**
 * A reranker that an operator imported, by llama.cpp: a cross-encoder of one score (bge-reranker-v2), or a decoder that
 * is asked for yes or no in its own template (Qwen3-Reranker). Pairs are put together as llama.cpp's server does
 * ({@code format_prompt_rerank}, release v0.5.0), but for control tokens, which no query or passage can write.
 * Thread-safe; each of its lanes is for one thread.
 */
public final class LlamaRerankEngine implements AutoCloseable {
    private static final Pattern PLACE = Pattern.compile("\\{(query|document)}");

    private final LlamaRuntime runtime;
    private final LlamaModel model;
    private final boolean probability;
    private final int maxTokens;
    private final @Nullable String template;
    private final List<EncoderLane> lanes;

    private LlamaRerankEngine(LlamaRuntime runtime, LlamaModel model, GgufEncoding encoding, int threads) {
        this.runtime = runtime;
        this.model = model;
        this.probability = encoding.answersYesOrNo();
        this.maxTokens = encoding.maxTokens();
        this.template = model.rerankTemplate();
        this.lanes = IntStream.range(0, threads)
                .mapToObj(i -> new EncoderLane(model, Pooling.RANK, maxTokens))
                .toList();
    }

    /**
     * Loads a model whose hash is known.
     *
     * @param encoding from the model's manifest and checked header
     * @param threads that compute at once
     * @throws ModelRefused when the model is no reranker, or one that llama.cpp scores wrongly
     * @throws LlamaUnavailable when llama.cpp cannot use it
     */
    public static LlamaRerankEngine load(LlamaRuntime runtime, Path file, GgufEncoding encoding, int threads) {
        encoding.requireReranker();
        LlamaModel model = LlamaModel.load(runtime, file);
        int expected = encoding.answersYesOrNo() ? 2 : 1;
        if (model.labels() != expected) {
            int labels = model.labels();
            model.close();
            throw new ModelRefused("The model " + encoding.name() + " sorts into " + labels
                    + " classes, and a reranker of its kind has " + expected + ": it is not a reranker.");
        }
        return new LlamaRerankEngine(runtime, model, encoding, threads);
    }

    /** Engine, release and CPU variant. */
    public String kernel() {
        return runtime.kernel();
    }

    /** Longest pair, special tokens and template included. */
    public int maxTokens() {
        return maxTokens;
    }

    /** One for each thread; each reads a pair into one number, which {@link #score} makes comparable. */
    public List<Lane> lanes() {
        return lanes.stream()
                .<Lane>map(lane -> tokens -> new float[] {first(lane.read(tokens))})
                .toList();
    }

    /**
     * A score in 0 to 1, higher for a passage that answers the query better: a cross-encoder's log-odds as a
     * probability, or a decoder's probability of yes.
     */
    public double score(float output) {
        return probability ? output : 1 / (1 + Math.exp(-output));
    }

    /** Tokens of a pair as the model reads it; any number. */
    public int[] tokenise(String query, String passage) {
        return template == null
                ? model.vocabulary().tokenisePair(query, passage)
                : new PromptTokeniser(model.vocabulary()).tokens(parts(template, query, passage));
    }

    /** Tokens of a text without special ones. */
    public int countTokens(String text) {
        return model.vocabulary().tokenise(text).length;
    }

    /** No lane may be at work, nor be used afterwards. */
    @Override
    public void close() {
        lanes.forEach(EncoderLane::close);
        model.close();
    }

    private static List<PromptTokeniser.Part> parts(String template, String query, String passage) {
        List<PromptTokeniser.Part> parts = new ArrayList<>();
        Matcher place = PLACE.matcher(template);
        int at = 0;
        while (place.find()) {
            parts.add(new PromptTokeniser.Part(template.substring(at, place.start()), true));
            parts.add(new PromptTokeniser.Part(place.group(1).equals("query") ? query : passage, false));
            at = place.end();
        }
        parts.add(new PromptTokeniser.Part(template.substring(at), true));
        return parts;
    }

    private static float first(float[] outputs) {
        Vectors.requireFinite(outputs);
        return outputs[0];
    }
}

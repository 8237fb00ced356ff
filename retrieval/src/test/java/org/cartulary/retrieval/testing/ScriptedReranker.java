package org.cartulary.retrieval.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.cartulary.inference.InferenceRefused;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.Refusal;
import org.cartulary.inference.Reranker;

/** Scores as a test says, and refuses pairs that are too long as the worker does. */
public final class ScriptedReranker implements Reranker {
    private static final ModelCard CARD =
            new ModelCard("00", "scripted", ModelCard.Role.RERANK, "F32", "Apache-2.0", "test", 512, false, List.of());

    private final ToDoubleFunction<String> scores;
    private final List<String> read = new ArrayList<>();
    private int longest = 10_000;

    private ScriptedReranker(ToDoubleFunction<String> scores) {
        this.scores = scores;
    }

    public static ScriptedReranker by(ToDoubleFunction<String> scores) {
        return new ScriptedReranker(scores);
    }

    /**
     * Refuses longer passages from now on.
     *
     * @param characters of a passage; the question costs nothing
     */
    public void takeAtMost(int characters) {
        longest = characters;
    }

    /** All that it scored, in order. */
    public List<String> read() {
        return read;
    }

    @Override
    public ModelCard model() {
        return CARD;
    }

    @Override
    public int maxTokens() {
        return longest;
    }

    @Override
    public List<Double> rerank(String query, List<String> passages, Duration deadline) {
        for (int i = 0; i < passages.size(); i++) {
            if (passages.get(i).length() > longest) {
                throw new InferenceRefused(
                        new Refusal.PairTooLong(i, passages.get(i).length(), longest));
            }
        }
        read.addAll(passages);
        return passages.stream().map(scores::applyAsDouble).toList();
    }

    @Override
    public Reranker by(String caller) {
        return this;
    }

    @Override
    public List<Integer> countTokens(List<String> texts) {
        return texts.stream().map(String::length).toList();
    }
}

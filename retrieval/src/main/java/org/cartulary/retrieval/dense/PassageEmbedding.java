package org.cartulary.retrieval.dense;

import java.util.ArrayList;
import java.util.List;
import org.cartulary.inference.Embedder;
import org.jspecify.annotations.Nullable;

/**
 * Turns passages into vectors, each under the title and heading path that it stands below where they fit, because a
 * passage out of the middle of a document seldom names its subject. A passage that was cut for another embedder, and
 * alone is longer than this one takes, is read in windows: nothing of it is lost. Thread-safe.
 */
public final class PassageEmbedding {
    /** Part of the generation: a change of how texts are put together makes other vectors. */
    public static final String VERSION = "title-anchor-text-1";

    private static final int BATCH = 32;
    /** Special tokens around every text, and a little for tokens that merge differently at the joints. */
    private static final int RESERVED_TOKENS = 8;

    private final Embedder embedder;

    public PassageEmbedding(Embedder embedder) {
        this.embedder = embedder;
    }

    /** A passage and where it stands. */
    public record Input(String title, @Nullable String anchor, String text) {}

    /**
     * Embeds passages, batch by batch.
     *
     * @return one vector for each, in order
     * @throws org.cartulary.inference.InferenceRefused when the queue is full
     * @throws org.cartulary.inference.InferenceFailed when the worker is not up
     */
    public List<float[]> embed(List<Input> passages) {
        List<float[]> vectors = new ArrayList<>(passages.size());
        for (int from = 0; from < passages.size(); from += BATCH) {
            List<Input> batch = passages.subList(from, Math.min(from + BATCH, passages.size()));
            vectors.addAll(embedder.embed(texts(batch), Embedder.Input.PASSAGE, Embedder.Overlong.WINDOWS));
        }
        return vectors;
    }

    private List<String> texts(List<Input> batch) {
        List<String> candidates = new ArrayList<>(batch.size() * 2);
        for (Input passage : batch) {
            candidates.add(withHeadings(passage));
            candidates.add(withTitle(passage));
        }
        List<Integer> tokens = embedder.countTokens(candidates);
        int limit = embedder.maxTokens() - RESERVED_TOKENS;
        List<String> texts = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            boolean headingsFit = tokens.get(2 * i) <= limit;
            boolean titleFits = tokens.get(2 * i + 1) <= limit;
            texts.add(
                    headingsFit
                            ? candidates.get(2 * i)
                            : titleFits
                                    ? candidates.get(2 * i + 1)
                                    : batch.get(i).text());
        }
        return texts;
    }

    private static String withHeadings(Input passage) {
        return passage.anchor() == null
                ? withTitle(passage)
                : passage.title() + "\n" + passage.anchor() + "\n" + passage.text();
    }

    private static String withTitle(Input passage) {
        return passage.title().isBlank() ? passage.text() : passage.title() + "\n" + passage.text();
    }
}

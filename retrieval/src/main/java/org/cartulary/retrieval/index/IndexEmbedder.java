package org.cartulary.retrieval.index;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.cartulary.inference.Embedder;
import org.cartulary.inference.ModelCard;

/**
 * The embedder of the index that is used at each call, so that whatever is compared with a search's vectors was made by
 * the same model. Thread-safe.
 *
 * @param as what is made of that embedder: it for a caller
 */
record IndexEmbedder(Indexes indexes, UnaryOperator<Embedder> as) implements Embedder {
    private <T> T with(Function<Embedder, T> work) {
        return indexes.with(index -> work.apply(as.apply(index.embedder())));
    }

    @Override
    public ModelCard model() {
        return with(Embedder::model);
    }

    @Override
    public int dimension() {
        return with(Embedder::dimension);
    }

    @Override
    public int maxTokens() {
        return with(Embedder::maxTokens);
    }

    @Override
    public List<float[]> embed(List<String> texts, Input input, Overlong overlong) {
        return with(embedder -> embedder.embed(texts, input, overlong));
    }

    @Override
    public Embedder by(String caller) {
        return new IndexEmbedder(indexes, embedder -> as.apply(embedder).by(caller));
    }

    @Override
    public List<Integer> countTokens(List<String> texts) {
        return with(embedder -> embedder.countTokens(texts));
    }
}

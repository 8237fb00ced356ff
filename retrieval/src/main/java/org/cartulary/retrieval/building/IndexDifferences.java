package org.cartulary.retrieval.building;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cartulary.inference.ModelCard;
import org.cartulary.retrieval.generation.Generation;
import org.cartulary.retrieval.index.IndexRefused;
import org.cartulary.retrieval.index.Indexes;

/** What a new index would have otherwise than the one that is searched, in sentences for people. Thread-safe. */
public final class IndexDifferences {
    private final Indexes indexes;
    private final Generation.Recipe newest;

    IndexDifferences(Indexes indexes, Generation.Recipe newest) {
        this.indexes = indexes;
        this.newest = newest;
    }

    /** In how documents are cut and passages embedded. */
    public List<String> ofVersions() {
        Generation active = indexes.generation();
        List<String> found = new ArrayList<>();
        if (!active.recipe().chunkerVersion().equals(newest.chunkerVersion())) {
            found.add("Documents that come now are cut by " + newest.chunkerVersion() + ", those of before by "
                    + active.recipe().chunkerVersion() + ": build an index to have all cut alike.");
        }
        if (!active.recipe().embeddingVersion().equals(newest.embeddingVersion())) {
            found.add("Passages that come now are embedded as " + newest.embeddingVersion()
                    + ", those of before as " + active.recipe().embeddingVersion()
                    + ": build an index to have all embedded alike.");
        }
        return found;
    }

    /** What it means that another engine or processor embeds now than the one that began the index; else empty. */
    public Optional<String> ofKernel(String kernel) {
        String began = indexes.generation().kernel();
        return began.equals(kernel)
                ? Optional.empty()
                : Optional.of(
                        "The vectors of the index were begun by " + began + ", but " + kernel
                                + " runs here: int8 vectors differ a little between the two. Build an index to have all alike.");
    }

    /**
     * Refuses an index that would be the same again.
     *
     * @param sha256 of its embedder
     */
    void require(String sha256) {
        if (!sha256.equals(indexes.generation().recipe().embedderSha256())
                || !ofVersions().isEmpty()) {
            return;
        }
        ModelCard serving = indexes.with(index -> index.embedder().model());
        if (ofKernel(serving.kernel()).isEmpty()) {
            throw new IndexRefused("An index with the embedder " + serving.name()
                    + " would be the one that is searched, again: name another embedder.");
        }
    }
}

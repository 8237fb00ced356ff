package org.cartulary.retrieval.generation;

/**
 * One make of index. Passages of different generations are never compared with one another.
 *
 * @param id of its row
 * @param name what answers and receipts quote, for example {@code g1-0f3a9c5e77d1}: its id and a digest of the rest
 * @param kernel the engine and CPU variant of the embedder that began it; int8 vectors differ a little between variants
 * @param dimension length of its vectors
 * @param vectors id of the generation that began its table of vectors; its own, or of one that it shares them with
 * @param cut id of the generation that began its passages, likewise
 */
public record Generation(int id, String name, Recipe recipe, String kernel, int dimension, int vectors, int cut) {
    /**
     * Whatever changes a vector or a posting.
     *
     * @param embedderSha256 of the model file, in hex
     * @param chunkerVersion how documents are cut into passages
     * @param analyserVersion how text becomes terms, and terms an index
     * @param embeddingVersion how a passage and its headings become the text that is embedded
     */
    public record Recipe(
            String embedderSha256, String chunkerVersion, String analyserVersion, String embeddingVersion) {
        Recipe analysedBy(String version) {
            return new Recipe(embedderSha256, chunkerVersion, version, embeddingVersion);
        }
    }

    /** Its vectors, schema-qualified. */
    public String vectorTable() {
        return "retrieval.vectors_" + vectors;
    }

    /** Whether it has the same passages as another. */
    public boolean sharesPassagesWith(Generation other) {
        return cut == other.cut;
    }
}

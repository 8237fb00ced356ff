package org.cartulary.retrieval;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import org.cartulary.compliance.Authority;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.keys.DataKeys;
import org.cartulary.compliance.rights.ReadFilter;
import org.cartulary.inference.Embedder;
import org.cartulary.retrieval.catalog.Catalog;
import org.cartulary.retrieval.catalog.DocumentWriter;
import org.cartulary.retrieval.dense.PassageEmbedding;
import org.cartulary.retrieval.generation.Generation;
import org.cartulary.retrieval.generation.Generations;
import org.cartulary.retrieval.lexical.Analysis;
import org.cartulary.retrieval.lexical.LexicalIndex;
import org.cartulary.retrieval.originals.Originals;
import org.cartulary.retrieval.scope.SearchScope;
import org.cartulary.retrieval.search.Search;
import org.cartulary.retrieval.synonym.SynonymWriter;
import org.jdbi.v3.core.Jdbi;

/** The parts of retrieval, joined: one per installation. Thread-safe. */
public final class Retrieval implements AutoCloseable {
    private static final Duration LEXICAL_PATIENCE = Duration.ofSeconds(5);

    private final Jdbi jdbi;
    private final Authority authority;
    private final Generation generation;
    private final Originals originals;
    private final LexicalIndex lexical;
    private final Catalog catalog;
    private final DocumentWriter writer;
    private final Search search;
    private final SynonymWriter synonyms;
    private final Clock clock;

    /**
     * What retrieval is built on.
     *
     * @param jdbi a database in which the histories of compliance and retrieval have run
     * @param home directory of the installation
     * @param chunkerVersion how documents are cut into passages; part of the generation
     */
    public record Foundation(
            Jdbi jdbi,
            Path home,
            Clock clock,
            Embedder embedder,
            EvidenceLog evidence,
            Authority authority,
            DataKeys keys,
            String chunkerVersion) {}

    private Retrieval(Foundation on, Generation generation, Originals originals, LexicalIndex lexical) {
        this.jdbi = on.jdbi();
        this.clock = on.clock();
        this.authority = on.authority();
        this.generation = generation;
        this.originals = originals;
        this.lexical = lexical;
        this.catalog = new Catalog(on.jdbi(), on.authority().grants(), originals, on.clock());
        this.writer = new DocumentWriter(
                on.jdbi(),
                originals,
                new PassageEmbedding(on.embedder().by("documents")),
                lexical,
                on.evidence(),
                generation,
                on.clock());
        this.synonyms = new SynonymWriter(on.jdbi(), on.evidence());
        this.search = new Search(on.jdbi(), on.embedder(), generation, lexical, LEXICAL_PATIENCE);
    }

    /**
     * Opens the generation, the originals and the lexical index, which is made again where it has to be.
     *
     * @throws org.cartulary.retrieval.generation.GenerationMismatch when embedder or chunker are not those of the index
     * @throws java.io.UncheckedIOException when the home can't be written
     */
    public static Retrieval open(Foundation on) {
        Generation.Recipe recipe = new Generation.Recipe(
                on.embedder().model().sha256(), on.chunkerVersion(), Analysis.VERSION, PassageEmbedding.VERSION);
        Generation generation = new Generations(on.jdbi(), on.clock())
                .activate(recipe, on.embedder().model().kernel(), on.embedder().dimension());
        Originals originals = Originals.open(on.home(), on.keys());
        Retrieval retrieval =
                new Retrieval(on, generation, originals, LexicalIndex.open(on.jdbi(), on.home(), generation));
        retrieval.writer.markUnmarked();
        return retrieval;
    }

    public Generation generation() {
        return generation;
    }

    public Originals originals() {
        return originals;
    }

    public Catalog catalog() {
        return catalog;
    }

    public DocumentWriter writer() {
        return writer;
    }

    public Search search() {
        return search;
    }

    /** Changes what collections have for the same words. */
    public SynonymWriter synonyms() {
        return synonyms;
    }

    /** What a principal may read now. */
    public ReadFilter readableBy(Principal principal) {
        return jdbi.inTransaction(handle -> authority.rights().filter(handle, principal));
    }

    /** All that may be read and is in force today, by the calendar of this machine's time zone. */
    public SearchScope inForce(ReadFilter readable) {
        return SearchScope.inForce(readable, today());
    }

    /** The day on which documents are in force or not. */
    public LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneId.systemDefault());
    }

    @Override
    public void close() {
        lexical.close();
    }
}

package org.cartulary.retrieval;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.cartulary.compliance.Authority;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.keys.DataKeys;
import org.cartulary.compliance.rights.ReadFilter;
import org.cartulary.inference.Embedder;
import org.cartulary.inference.Reranker;
import org.cartulary.retrieval.building.IndexBuilder;
import org.cartulary.retrieval.catalog.Catalog;
import org.cartulary.retrieval.catalog.DocumentWriter;
import org.cartulary.retrieval.dense.PassageEmbedding;
import org.cartulary.retrieval.generation.Generation;
import org.cartulary.retrieval.generation.GenerationMismatch;
import org.cartulary.retrieval.generation.Generations;
import org.cartulary.retrieval.index.Embedders;
import org.cartulary.retrieval.index.Index;
import org.cartulary.retrieval.index.Indexes;
import org.cartulary.retrieval.lexical.LexicalIndex;
import org.cartulary.retrieval.originals.Originals;
import org.cartulary.retrieval.scope.SearchScope;
import org.cartulary.retrieval.search.RerankPolicy;
import org.cartulary.retrieval.search.Search;
import org.cartulary.retrieval.synonym.SynonymWriter;
import org.jdbi.v3.core.Jdbi;

/** The parts of retrieval, joined: one per installation. Thread-safe. */
public final class Retrieval implements AutoCloseable {
    private static final Duration LEXICAL_PATIENCE = Duration.ofSeconds(5);

    private final Foundation on;
    private final Jdbi jdbi;
    private final Authority authority;
    private final Indexes indexes;
    private final Originals originals;
    private final Catalog catalog;
    private final DocumentWriter writer;
    private final Search search;
    private final IndexBuilder builder;
    private final SynonymWriter synonyms;
    private final Clock clock;

    /**
     * What retrieval is built on.
     *
     * @param jdbi a database in which the histories of compliance and retrieval have run
     * @param home directory of the installation
     * @param chunkerVersion how documents that come now are cut into passages
     * @param rerankers asked at each search; empty while none is installed
     */
    public record Foundation(
            Jdbi jdbi,
            Path home,
            Clock clock,
            Embedders embedders,
            EvidenceLog evidence,
            Authority authority,
            DataKeys keys,
            String chunkerVersion,
            Supplier<Optional<Reranker>> rerankers,
            RerankPolicy reranking) {}

    private Retrieval(Foundation on, Indexes indexes, Originals originals, Generation.Recipe newest) {
        this.on = on;
        this.jdbi = on.jdbi();
        this.clock = on.clock();
        this.authority = on.authority();
        this.indexes = indexes;
        this.originals = originals;
        this.catalog = new Catalog(on.jdbi(), on.authority().grants(), originals, on.clock());
        this.writer = new DocumentWriter(on.jdbi(), originals, indexes, on.evidence(), on.clock());
        this.synonyms = new SynonymWriter(on.jdbi(), on.evidence());
        this.search = search(indexes);
        this.builder = new IndexBuilder(new IndexBuilder.Foundation(
                on.jdbi(), on.home(), on.clock(), indexes, on.embedders(), catalog, writer, on.evidence(), newest));
    }

    /**
     * Opens the generation that is searched, the originals and the lexical index, which is made again where it has to be.
     * {@link #builder} goes on with what was being made only when it is started.
     *
     * @throws GenerationMismatch when the embedder is not that of the index
     * @throws java.io.UncheckedIOException when the home can't be written
     */
    public static Retrieval open(Foundation on) {
        Embedders.Running serving = on.embedders().serving();
        Embedder embedder = serving.embedder();
        Generation.Recipe newest = new Generation.Recipe(
                embedder.model().sha256(), on.chunkerVersion(), LexicalIndex.version(), PassageEmbedding.VERSION);
        Generation generation = new Generations(on.jdbi(), on.clock())
                .activate(new Generations.Make(newest, embedder.model().kernel(), embedder.dimension()));
        if (!generation.recipe().embedderSha256().equals(embedder.model().sha256())) {
            throw new GenerationMismatch(generation, embedder.model().sha256());
        }
        Originals originals = Originals.open(on.home(), on.keys());
        Indexes indexes = new Indexes(Index.open(on.jdbi(), on.home(), generation, serving));
        Retrieval retrieval = new Retrieval(on, indexes, originals, newest);
        retrieval.writer.markUnmarked();
        return retrieval;
    }

    /** The generation that is searched now. */
    public Generation generation() {
        return indexes.generation();
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

    /**
     * Does something with the search of an index by its name, as {@link IndexBuilder#with} hands it out.
     *
     * @return empty where there is no such index or it is not ready
     */
    public <T> Optional<T> searching(String index, Function<Search, T> work) {
        return builder.with(index, true, named -> work.apply(search(named)));
    }

    private Search search(Indexes searched) {
        return new Search(jdbi, searched, on.rerankers(), on.reranking(), LEXICAL_PATIENCE);
    }

    /** Indexes beside the one that is searched. */
    public IndexBuilder builder() {
        return builder;
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
        builder.close();
        indexes.close();
    }
}

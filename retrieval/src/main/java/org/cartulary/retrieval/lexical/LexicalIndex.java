package org.cartulary.retrieval.lexical;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.util.IOUtils;
import org.cartulary.retrieval.generation.Generation;
import org.cartulary.retrieval.identifier.Identifier;
import org.cartulary.retrieval.scope.Reach;
import org.cartulary.retrieval.scope.SearchScope;
import org.jdbi.v3.core.Jdbi;

/**
 * The lexical index of one generation, in {@code HOME/lucene/<generation>}. Thread-safe.
 *
 * <p>A thread of its own follows PostgreSQL; {@link #await} tells when a change has arrived.
 */
public final class LexicalIndex implements AutoCloseable {
    /** Names of one question that are looked up. */
    private static final int MOST_NAMES = 20;

    private final Follower follower;

    private LexicalIndex(Follower follower) {
        this.follower = follower;
    }

    /**
     * Opens the index, making it again from PostgreSQL where it is missing, damaged, of another make or ahead, and
     * starts to follow.
     *
     * @throws UncheckedIOException when the directory can be neither read nor made
     */
    public static LexicalIndex open(Jdbi jdbi, Path home, Generation generation) {
        IndexFiles files = new IndexFiles(folder(home, generation), generation.name());
        return new LexicalIndex(Follower.start(jdbi, files, new PassageSource(generation.cut())));
    }

    /** How text becomes terms, and terms an index; where it changes, the index is made again. */
    public static String version() {
        return Analysis.VERSION + "/fields-" + IndexFiles.FIELDS_VERSION;
    }

    /** Where the index of a generation lies. */
    public static Path folder(Path home, Generation generation) {
        return home.resolve("lucene").resolve(generation.name());
    }

    /** Removes the index of a generation that is not open. */
    public static void delete(Path home, Generation generation) {
        try {
            IOUtils.rm(folder(home, generation));
        } catch (IOException e) {
            throw new UncheckedIOException("The lexical index of " + generation.name() + " cannot be removed", e);
        }
    }

    /** The last change that searches find. */
    public long applied() {
        return follower.applied();
    }

    /** Says that there may be a new change. */
    public void wake() {
        follower.wake();
    }

    /**
     * Waits until searches find a change.
     *
     * @throws IndexBehind when they do not in time
     */
    public void await(long change, Duration patience) {
        follower.await(change, patience);
    }

    /**
     * The passages that match a question best among those that may be read.
     *
     * @param scope nothing else is looked at, not even to weigh words
     * @param limit at least 1
     * @return best first
     */
    public List<LexicalHit> search(WordQuery wanted, SearchScope scope, int limit) {
        return run(scope.markings(), limit, languages -> PassageQuery.of(wanted, scope, languages));
    }

    /** As {@link #search(WordQuery, SearchScope, int)}, for words and nothing else. */
    public List<LexicalHit> search(String question, SearchScope scope, int limit) {
        return search(WordQuery.of(question), scope, limit);
    }

    /**
     * Passages that hold identifiers, those with most of them first.
     *
     * @return with 1 for each whole identifier, a half for what it is part of, and so on
     */
    public List<LexicalHit> holding(Collection<Identifier> identifiers, SearchScope scope, int limit) {
        return identifiers.isEmpty()
                ? List.of()
                : run(scope.markings(), limit, languages -> PassageQuery.holding(identifiers, scope));
    }

    /**
     * First passages of documents that are called by one of these names, whether they are in force or not.
     *
     * @param names the first {@value #MOST_NAMES} that a document is called by count
     * @param most a name that more documents of the reader share names none of them
     */
    public Set<Long> named(Collection<String> names, SortedSet<Long> markings, int most) {
        if (names.isEmpty() || markings.isEmpty()) {
            return Set.of();
        }
        return searching(searcher -> {
            ReadersSearcher own = new ReadersSearcher(searcher.getIndexReader(), markings);
            List<String> telling = new ArrayList<>();
            for (String name : names) {
                long sharedBy = own.holding(new Term(Fields.NAME, name));
                if (sharedBy > 0 && sharedBy <= most && telling.size() < MOST_NAMES) {
                    telling.add(name);
                }
            }
            return telling.isEmpty()
                    ? Set.of()
                    : ids(hits(
                            own, own.search(PassageQuery.named(telling, markings), most * telling.size()).scoreDocs));
        });
    }

    /** The analysers that the passages of a reader went through, by name. */
    public SortedSet<String> languages(SortedSet<Long> markings) {
        return markings.isEmpty()
                ? new TreeSet<>()
                : searching(searcher -> IndexLanguages.of(searcher.getIndexReader(), markings));
    }

    /** How much of it bears some markings; counted already where it was asked for before. */
    public Reach reach(SortedSet<Long> markings) {
        return markings.isEmpty()
                ? new Reach(0, false)
                : searching(searcher -> new ReadersSearcher(searcher.getIndexReader(), markings).reach());
    }

    /** Those of some passages that belong to documents. */
    public Set<Long> among(Collection<UUID> documents, Collection<Long> passages, SortedSet<Long> markings) {
        return documents.isEmpty() || passages.isEmpty()
                ? Set.of()
                : ids(run(markings, passages.size(), languages -> PassageQuery.among(documents, passages, markings)));
    }

    /** Those of some passages that a strict query leaves. */
    public Set<Long> strictly(WordQuery wanted, SearchScope scope, Collection<Long> passages) {
        return passages.isEmpty()
                ? Set.of()
                : ids(run(
                        scope.markings(),
                        passages.size(),
                        languages -> PassageQuery.strictly(wanted, scope, languages, passages)));
    }

    /**
     * How common words of a question are among the passages that may be read, in whichever language those are.
     *
     * @param words where the words stand in the question, by their names in the result
     */
    public TermStatistics statistics(
            String question, Map<String, List<Analysis.TermAt>> words, SortedSet<Long> markings) {
        if (markings.isEmpty()) {
            return new TermStatistics(0, Map.of());
        }
        return searching(searcher -> {
            ReadersSearcher own = new ReadersSearcher(searcher.getIndexReader(), markings);
            Map<String, List<Analysis.TermAt>> forms = new TreeMap<>();
            for (String language : own.languages()) {
                forms.put(language, Analysis.termsAt(question, language));
            }
            Map<String, Long> withTerm = new HashMap<>();
            for (Map.Entry<String, List<Analysis.TermAt>> word : words.entrySet()) {
                Query holding = PassageQuery.holding(IndexLanguages.forms(forms, word.getValue()), markings);
                withTerm.put(word.getKey(), (long) searcher.count(holding));
            }
            return new TermStatistics(own.passages(), withTerm);
        });
    }

    /** Closes the index; what was applied and not yet committed is applied again at the next start. */
    @Override
    public void close() {
        follower.close();
    }

    private List<LexicalHit> run(SortedSet<Long> markings, int limit, Function<Collection<String>, Query> query) {
        if (markings.isEmpty()) {
            return List.of();
        }
        return searching(searcher -> {
            ReadersSearcher own = new ReadersSearcher(searcher.getIndexReader(), markings);
            if (!own.hasWords()) {
                return List.of();
            }
            return hits(own, own.search(query.apply(own.languages()), limit).scoreDocs);
        });
    }

    private static Set<Long> ids(List<LexicalHit> hits) {
        return hits.stream().map(LexicalHit::passage).collect(Collectors.toSet());
    }

    @FunctionalInterface
    private interface Searching<T> {
        T with(IndexSearcher searcher) throws IOException;
    }

    private <T> T searching(Searching<T> search) {
        SearcherManager searchers = follower.searchers();
        try {
            IndexSearcher searcher = searchers.acquire();
            try {
                return search.with(searcher);
            } finally {
                searchers.release(searcher);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The lexical index could not be searched", e);
        }
    }

    private static List<LexicalHit> hits(IndexSearcher searcher, ScoreDoc[] found) throws IOException {
        List<LexicalHit> hits = new ArrayList<>(found.length);
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        for (ScoreDoc doc : found) {
            LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(doc.doc, leaves));
            NumericDocValues passages = leaf.reader().getNumericDocValues(Fields.PASSAGE);
            if (passages == null || !passages.advanceExact(doc.doc - leaf.docBase)) {
                throw new IllegalStateException(
                        "A passage in the lexical index has no id: delete HOME/lucene and restart");
            }
            hits.add(new LexicalHit(passages.longValue(), doc.score));
        }
        return hits;
    }
}

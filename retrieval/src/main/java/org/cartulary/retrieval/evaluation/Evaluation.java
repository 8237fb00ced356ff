package org.cartulary.retrieval.evaluation;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.inference.Embedder;
import org.cartulary.retrieval.Retrieval;
import org.cartulary.retrieval.catalog.Collection;
import org.cartulary.retrieval.catalog.Details;
import org.cartulary.retrieval.catalog.DocumentDraft;
import org.cartulary.retrieval.originals.StagedOriginal;
import org.cartulary.retrieval.scope.SearchScope;
import org.cartulary.retrieval.search.Hit;
import org.cartulary.retrieval.search.Reranked;
import org.cartulary.retrieval.search.SearchRequest;
import org.cartulary.retrieval.search.SearchResult;
import org.jspecify.annotations.Nullable;

/**
 * Indexes a set of questions with known answers and measures every way of searching on it. Give it an installation of
 * its own: it writes documents. A document scores as its best passage; near-duplicates are kept.
 */
public final class Evaluation {
    private static final String COLLECTION = "evaluation";
    /** Enough passages for 100 documents of few passages each. */
    private static final int PASSAGES = 200;

    private static final int WRITERS = 4;

    private final Retrieval retrieval;
    private final WholeTextChunker chunker;

    public Evaluation(Retrieval retrieval, Embedder embedder) {
        this.retrieval = retrieval;
        this.chunker = new WholeTextChunker(embedder);
    }

    /** Name of the chunker that an installation for evaluation is opened with. */
    public static String chunkerVersion() {
        return WholeTextChunker.VERSION;
    }

    /**
     * Runs a set.
     *
     * @param directory holds {@code corpus.jsonl}, {@code queries.jsonl} and {@code qrels.tsv}
     * @throws java.io.UncheckedIOException when one of them is missing
     */
    public EvaluationReport run(Path directory) {
        QuestionSet set = QuestionSet.read(directory);
        Collection collection = index(set);
        return ask(
                set, retrieval.inForce(retrieval.readableBy(Principal.CONSOLE).narrowedTo(collection.id())));
    }

    /** Indexes the documents of a set, in a collection of their own. */
    public Collection index(QuestionSet set) {
        Collection collection =
                retrieval.catalog().create(COLLECTION, Principal.CONSOLE).collection();
        index(set, collection.id());
        return collection;
    }

    private void index(QuestionSet set, UUID collection) {
        try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            List<Future<?>> written = new ArrayList<>();
            for (QuestionSet.Text document : set.documents()) {
                if (!(document.title() + document.text()).isBlank()) {
                    written.add(writers.submit(() -> write(document, collection)));
                }
            }
            for (Future<?> one : written) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("A document of the set could not be indexed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The evaluation was interrupted", e);
        }
    }

    private void write(QuestionSet.Text document, UUID collection) {
        boolean titleOnly = document.text().isBlank();
        String text = titleOnly ? document.title() : document.text();
        byte[] bytes = (document.id() + "\n" + document.title() + "\n" + text).getBytes(StandardCharsets.UTF_8);
        StagedOriginal staged = retrieval.originals().stage(new ByteArrayInputStream(bytes), bytes.length);
        DocumentDraft draft = new DocumentDraft(
                staged.document(),
                collection,
                document.id(),
                titleOnly ? "" : document.title(),
                "text/plain",
                staged.sha256(),
                staged.bytes(),
                null,
                "en",
                text,
                chunker.chunk(text),
                details(document));
        retrieval.writer().write(draft, Principal.CONSOLE, stage -> {});
    }

    private static @Nullable Details details(QuestionSet.Text document) {
        Details none = Details.NONE;
        return document.supersedes().isEmpty()
                ? null
                : new Details(
                        none.owner(),
                        none.site(),
                        none.draft(),
                        none.effectiveOn(),
                        none.reviewOn(),
                        none.expiresOn(),
                        none.withdrawnOn(),
                        new TreeSet<>(document.supersedes()),
                        none.fields());
    }

    private EvaluationReport ask(QuestionSet set, SearchScope scope) {
        SystemReport.Tally bm25 = new SystemReport.Tally();
        SystemReport.Tally dense = new SystemReport.Tally();
        SystemReport.Tally fused = new SystemReport.Tally();
        SystemReport.Tally reranked = new SystemReport.Tally();
        boolean rerank = retrieval.search().reranks();
        for (QuestionSet.Text question : set.questions()) {
            SearchRequest request = new SearchRequest(question.text(), scope, PASSAGES, false, false);
            SearchRequest reread = new SearchRequest(question.text(), scope, PASSAGES, false, true);
            Map<String, Double> relevant = set.judgments().getOrDefault(question.id(), Map.of());
            tally(bm25, relevant, () -> retrieval.search().searchByWords(request));
            tally(dense, relevant, () -> retrieval.search().searchByMeaning(request));
            tally(fused, relevant, () -> retrieval.search().search(request).hits());
            if (rerank) {
                tally(reranked, relevant, () -> reranked(reread));
            }
        }
        return new EvaluationReport(
                bm25.report(),
                dense.report(),
                fused.report(),
                rerank ? reranked.report() : null,
                rerank ? null : "no reranker is installed",
                set.documents().size(),
                set.questions().size(),
                retrieval.generation().name());
    }

    /** A figure of searches that partly went without the reranker would be of nothing. */
    private List<Hit> reranked(SearchRequest request) {
        SearchResult found = retrieval.search().search(request);
        if (found.reranked() instanceof Reranked.Failed failed) {
            throw new IllegalStateException("The reranker cannot be measured: " + failed.reason());
        }
        return found.hits();
    }

    private static void tally(SystemReport.Tally tally, Map<String, Double> relevant, Supplier<List<Hit>> system) {
        long start = System.nanoTime();
        List<Hit> hits = system.get();
        double millis = (System.nanoTime() - start) / 1e6;
        List<String> documents = hits.stream().map(Hit::path).distinct().toList();
        tally.add(RankedMetrics.of(documents, relevant), millis);
    }
}

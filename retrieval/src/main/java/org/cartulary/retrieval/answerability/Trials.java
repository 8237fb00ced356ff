package org.cartulary.retrieval.answerability;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.cartulary.inference.Embedder;
import org.cartulary.retrieval.quote.Candidate;
import org.cartulary.retrieval.quote.CandidateScorer;
import org.cartulary.retrieval.quote.ReferenceSearch;
import org.cartulary.retrieval.scope.SearchScope;
import org.cartulary.retrieval.search.Search;
import org.cartulary.retrieval.search.SearchRequest;
import org.cartulary.retrieval.search.SearchResult;

/**
 * Asks questions whose answers are known to stand in the documents or not to, and looks at the features of each search: what
 * a calibration is fitted on. A question with known sources is tried twice, with them and without. Without them means
 * without their paraphrases too, by an exclusion within the queries, so that nothing is indexed anew. Thread-safe.
 */
public final class Trials {
    /** Hits that the question path looks at. */
    public static final int HITS = 12;

    /**
     * Inner product from which on two passages count as paraphrases. Passages of bge-small on one subject lie near .75 to
     * .85 and copies with some words changed above .95; for another embedder this is a different measure.
     */
    public static final double PARAPHRASE = 0.93;

    private final Search search;
    private final CandidateScorer scorer;
    private final ReferenceSearch references;

    public Trials(Search search, Embedder embedder) {
        this.search = search;
        this.scorer = new CandidateScorer(new RememberingEmbedder(embedder));
        this.references = new ReferenceSearch(search);
    }

    /**
     * A question with what is known of it.
     *
     * @param sources documents that hold the answer; empty where none does
     */
    public record Question(String id, String text, Set<UUID> sources) {
        public Question {
            sources = Set.copyOf(sources);
        }
    }

    /**
     * One search for a question.
     *
     * @param answerable whether its sources were there
     */
    public record Trial(Question question, boolean answerable, Features features) {}

    /** Watches trials. */
    @FunctionalInterface
    public interface Progress {
        void tried(int done, int of);
    }

    /**
     * Tries questions.
     *
     * @param scope under the rights of whoever wants to know
     */
    public List<Trial> run(List<Question> questions, SearchScope scope, Progress progress) {
        List<Trial> trials = new ArrayList<>();
        int done = 0;
        for (Question question : questions) {
            if (!question.sources().isEmpty()) {
                trials.add(new Trial(question, true, features(question.text(), scope)));
            }
            trials.add(new Trial(question, false, features(question.text(), without(question.sources(), scope))));
            progress.tried(++done, questions.size());
        }
        return trials;
    }

    /** A scope without documents and their paraphrases. */
    public SearchScope without(Set<UUID> sources, SearchScope scope) {
        Set<UUID> removed = new HashSet<>(sources);
        removed.addAll(search.alike(sources, scope, PARAPHRASE));
        return scope.without(removed);
    }

    private Features features(String question, SearchScope scope) {
        SearchResult found = search.search(new SearchRequest(question, scope, HITS));
        List<Candidate> candidates = scorer.score(found);
        boolean followed = !candidates.isEmpty()
                && references.follow(found, candidates.getFirst()).isPresent();
        return Features.of(found, candidates, followed);
    }
}

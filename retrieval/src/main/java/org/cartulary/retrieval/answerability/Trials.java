package org.cartulary.retrieval.answerability;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.cartulary.inference.Embedder;
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

    /**
     * What came of questions.
     *
     * @param removed how many documents were passed over for each question with sources, they among them; by its id
     * @param leftOut ids of questions that were not asked without their sources, since nothing was left to find, or more was
     *     alike to them than a search can pass over: their scores would say nothing
     */
    public record Tried(List<Trial> trials, Map<String, Integer> removed, List<String> leftOut) {
        public Tried {
            trials = List.copyOf(trials);
            removed = Collections.unmodifiableMap(new LinkedHashMap<>(removed));
            leftOut = List.copyOf(leftOut);
        }
    }

    /** Watches trials. */
    @FunctionalInterface
    public interface Progress {
        void tried(int done, int of);
    }

    /**
     * Tries questions, all in the same index.
     *
     * @param scope under the rights of whoever wants to know
     * @throws IllegalArgumentException when the sources of a question are too long, or cannot be found in the scope; it
     *     names the question
     */
    public Tried run(List<Question> questions, SearchScope scope, Progress progress) {
        return search.holding(() -> {
            List<Trial> trials = new ArrayList<>();
            Map<String, Integer> removed = new LinkedHashMap<>();
            List<String> leftOut = new ArrayList<>();
            int done = 0;
            for (Question question : questions) {
                if (!question.sources().isEmpty()) {
                    trials.add(tryOut(question, true, scope)
                            .orElseThrow(() -> new IllegalArgumentException(
                                    named(question) + " finds nothing, though documents are said to answer it.")));
                }
                Set<UUID> without = removed(question, scope);
                if (!question.sources().isEmpty()) {
                    removed.put(question.id(), without.size());
                }
                Optional<Trial> trial = without.size() > SearchScope.MAX_WITHOUT
                        ? Optional.empty()
                        : tryOut(question, false, scope.without(without));
                trial.ifPresentOrElse(trials::add, () -> leftOut.add(question.id()));
                progress.tried(++done, questions.size());
            }
            return new Tried(trials, removed, leftOut);
        });
    }

    /**
     * A scope without documents and their paraphrases.
     *
     * @throws IllegalArgumentException when there are more of them than a search can pass over
     */
    public SearchScope without(Set<UUID> sources, SearchScope scope) {
        return scope.without(alike(sources, scope));
    }

    private Set<UUID> removed(Question question, SearchScope scope) {
        try {
            return alike(question.sources(), scope);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(named(question) + " cannot be tried: " + e.getMessage(), e);
        }
    }

    private Set<UUID> alike(Set<UUID> sources, SearchScope scope) {
        Set<UUID> alike = new HashSet<>(sources);
        alike.addAll(search.alike(sources, scope, PARAPHRASE));
        return alike;
    }

    private static String named(Question question) {
        return "Question " + question.id() + ", \"" + question.text() + "\",";
    }

    /** Empty where nothing is found: then it is abstained whatever the score, which a fit must not learn from. */
    private Optional<Trial> tryOut(Question question, boolean answerable, SearchScope scope) {
        SearchResult found = search.search(new SearchRequest(question.text(), scope, HITS));
        return found.hits().isEmpty()
                ? Optional.empty()
                : Optional.of(new Trial(
                        question, answerable, Answerability.features(found, scorer.score(found), references)));
    }
}

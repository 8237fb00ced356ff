package org.cartulary.appliance.asking;

import java.util.List;
import java.util.function.Predicate;
import org.cartulary.inference.ModelCard;
import org.cartulary.retrieval.quote.Candidate;
import org.cartulary.retrieval.search.SearchResult;

/** Words of a model that the operator has promoted; quotes while another one serves. */
final class PromotedWording implements Wording {
    private final Wording words;
    private final Wording quotes;
    private final Predicate<ModelCard> promoted;

    PromotedWording(Wording words, Wording quotes, Predicate<ModelCard> promoted) {
        this.words = words;
        this.quotes = quotes;
        this.promoted = promoted;
    }

    @Override
    public Answer.Mode mode() {
        return now().mode();
    }

    @Override
    public ModelCard model() {
        return now().model();
    }

    /** The model may change between two looks; what counts is the one that the plan was made for. */
    @Override
    public Plan plan(String question, SearchResult found, List<Candidate> candidates) {
        Plan plan = now().plan(question, found, candidates);
        return plan.mode() == Answer.Mode.QUOTE || promoted.test(plan.model())
                ? plan
                : quotes.plan(question, found, candidates);
    }

    private Wording now() {
        return promoted.test(words.model()) ? words : quotes;
    }
}

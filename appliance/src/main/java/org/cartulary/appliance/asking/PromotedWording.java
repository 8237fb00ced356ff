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
    public Author author() {
        Author author = words.author();
        return promoted.test(author.model()) ? author : quotes.author();
    }

    /** The model may change between two looks; what counts is the one that the plan was made for. */
    @Override
    public Plan plan(String question, SearchResult found, List<Candidate> candidates) {
        if (promoted.test(words.author().model())) {
            Plan plan = words.plan(question, found, candidates);
            if (promoted.test(plan.author().model())) {
                return plan;
            }
        }
        return quotes.plan(question, found, candidates);
    }
}

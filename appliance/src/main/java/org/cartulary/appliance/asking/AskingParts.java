package org.cartulary.appliance.asking;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.cartulary.appliance.settings.Settings;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.inference.Embedder;
import org.cartulary.inference.Generator;
import org.cartulary.inference.ModelCard;
import org.cartulary.retrieval.answerability.Answerability;
import org.cartulary.retrieval.answerability.Calibration;
import org.cartulary.retrieval.citation.SupportCheck;
import org.cartulary.retrieval.context.Surroundings;
import org.cartulary.retrieval.quote.CandidateScorer;
import org.cartulary.retrieval.quote.QuoteSelection;
import org.cartulary.retrieval.quote.ReferenceSearch;
import org.cartulary.retrieval.search.Search;
import org.cartulary.retrieval.table.HeadingRows;

/**
 * What asking is made of.
 *
 * @param embedder of the index that is searched
 * @param generator asked for only where a model may word the answers
 * @param promoted whether the operator trusts a model to word them, asked at each question
 * @param calibrations gives the one that counts for an embedder, by its hash; asked at each question
 */
public record AskingParts(
        QuestionLog log,
        EvidenceLog evidence,
        Rights rights,
        Search search,
        Embedder embedder,
        Supplier<Generator> generator,
        Predicate<ModelCard> promoted,
        Function<String, Optional<Calibration>> calibrations) {
    /** Asking as the settings want it. */
    public Asking asking(Settings settings) {
        ReferenceSearch references = new ReferenceSearch(search);
        return new Asking(
                log,
                evidence,
                rights,
                search,
                new CandidateScorer(embedder),
                new Answerability(calibrations, embedder, references),
                wording(settings, references),
                settings.receiptPatience());
    }

    private Wording wording(Settings settings, ReferenceSearch references) {
        Wording quotes = new QuoteWording(new QuoteSelection(embedder, references, new HeadingRows(search)), embedder);
        return switch (settings.answerMode()) {
            case QUOTE -> quotes;
            case GENERATE -> new PromotedWording(words(settings), quotes, promoted);
        };
    }

    private Wording words(Settings settings) {
        return new ModelWording(
                generator.get(),
                new Surroundings(search),
                new SupportCheck(embedder),
                settings.unsupported(),
                settings.answerTokens(),
                settings.answerDeadline());
    }
}

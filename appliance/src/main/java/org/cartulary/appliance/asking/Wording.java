package org.cartulary.appliance.asking;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.cartulary.inference.ModelCard;
import org.cartulary.retrieval.context.Source;
import org.cartulary.retrieval.quote.Candidate;
import org.cartulary.retrieval.search.SearchResult;

/** How an answer gets its words: by quoting, or by the model. Thread-safe. */
interface Wording {
    /** How an answer would be worded now, and the model that this rests on; both of one look, since models change. */
    Author author();

    /** Whoever words an answer. */
    record Author(Answer.Mode mode, ModelCard model) {}

    /** Everything that is settled before the first text leaves; it goes on record first. */
    Plan plan(String question, SearchResult found, List<Candidate> candidates);

    /** What an answer will be made of. */
    interface Plan {
        /** Whom it was made for; the answer rests on this model and no other. */
        Author author();

        /** Numbered from 1. */
        List<Source> sources();

        /** What evidence keeps of it: prompt, sampling, what was left out. */
        Map<String, Object> record();

        /**
         * Makes the answer, handing out provisional text as it comes.
         *
         * @throws QuestionCancelled when nobody waits any more
         */
        Draft word(Presence presence, Consumer<String> deltas);
    }

    /**
     * An answer before it is final.
     *
     * @param text with citation marks
     * @param quotes by source number: what the citation shows
     * @param withheld sentences that were left out of the text, since no passage carries them
     * @param generation how the model made it ({@link RecordedGeneration}), empty where none did
     */
    record Draft(
            String text,
            List<Answer.Sentence> sentences,
            Map<Integer, String> quotes,
            List<String> withheld,
            Map<String, Object> generation) {}
}

package org.cartulary.retrieval.search;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.cartulary.inference.ModelCard;
import org.cartulary.retrieval.scope.SearchScope;
import org.cartulary.retrieval.understanding.QuestionReader;
import org.cartulary.retrieval.understanding.Reading;

/**
 * The readings of a question that are searched: as it can stand alone, and behind it, where that is another, as it was
 * asked. Used by one thread.
 */
final class Readings {
    private final QuestionReader reader;
    private final SearchRequest request;

    Readings(QuestionReader reader, SearchRequest request) {
        this.reader = reader;
        this.request = request;
    }

    /** @param embedder that would search by meaning */
    List<Reading> by(ModelCard embedder) {
        return of(
                scope -> asAsked(embedder, scope),
                scope -> reader.readFollowUp(request.query(), request.wording(), scope, embedder));
    }

    /** The question as it was asked, whatever it leans on. */
    Reading asAsked(ModelCard embedder, SearchScope scope) {
        return reader.read(request.query(), request.wording(), scope, embedder);
    }

    /** @param then what decided about each of them before; no embedder is asked */
    List<Reading> again(List<ReadingRecord> then) {
        return of(
                scope -> again(then.getLast(), scope),
                scope -> then.size() == 1 ? Optional.empty() : Optional.of(again(then.getFirst(), scope)));
    }

    private Reading again(ReadingRecord then, SearchScope scope) {
        return reader.readAgain(then.question(), request.wording(), scope, then.wordsAlone(), then.synonyms());
    }

    /** Whichever of the two names its documents, both are about these. */
    private List<Reading> of(
            Function<SearchScope, Reading> asAsked, Function<SearchScope, Optional<Reading>> standingAlone) {
        Reading asked = asAsked.apply(request.scope());
        return standingAlone
                .apply(asked.scope())
                .map(whole ->
                        List.of(whole, whole.scope().equals(asked.scope()) ? asked : asAsked.apply(whole.scope())))
                .orElse(List.of(asked));
    }
}

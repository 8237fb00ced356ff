package org.cartulary.appliance.api;

import io.micronaut.serde.annotation.Serdeable;
import org.cartulary.appliance.asking.Citations;
import org.cartulary.retrieval.conflict.Conflict;
import org.cartulary.retrieval.conflict.Statement;

/**
 * Two documents in force that say different things about what was asked, on the wire. Which of them is right, the house
 * must say.
 *
 * @param one statement of the one, word for word, as {@code quote}
 * @param difference in what: {@code "90 day / 30 day"}
 */
@Serdeable
public record ConflictView(AnswerView.CitationView one, AnswerView.CitationView other, String difference) {
    static ConflictView of(Conflict conflict) {
        return new ConflictView(of(1, conflict.one()), of(2, conflict.other()), conflict.difference());
    }

    private static AnswerView.CitationView of(int number, Statement statement) {
        return AnswerView.CitationView.of(Citations.of(number, statement.hit(), statement.text()));
    }
}

package org.cartulary.retrieval.testing;

import java.time.LocalDate;
import java.util.UUID;
import org.cartulary.retrieval.scope.Holding;
import org.cartulary.retrieval.scope.Validity;
import org.cartulary.retrieval.search.Hit;
import org.cartulary.retrieval.search.Scores;

/** Hits without an index behind them. */
public final class Hits {
    private Hits() {}

    /** A passage that begins its document, in English. */
    public static Hit of(long passage, String title, String text) {
        return of(passage, title, text, "en");
    }

    /** A passage that begins its document. */
    public static Hit of(long passage, String title, String text, String language) {
        Scores scores = new Scores(1.0, 0.8, 0.9);
        return new Hit(
                passage,
                new UUID(0, passage),
                title,
                title,
                null,
                null,
                text,
                language,
                0,
                text.length(),
                new Holding(LocalDate.of(2026, 1, 1), Validity.ALWAYS, null),
                LocalDate.of(2025, 6, 1),
                scores);
    }
}

package org.cartulary.retrieval.quote;

import java.util.OptionalInt;
import org.cartulary.retrieval.search.Hit;

/** Holds quotes against their passages, character by character. Stateless. */
public final class Quotes {
    private Quotes() {}

    /** Whether a quote is exactly what its passage has at its span. */
    public static boolean verify(Quote quote) {
        Hit hit = quote.hit();
        int from = quote.start() - hit.start();
        return from >= 0
                && quote.end() - quote.start() == quote.text().length()
                && quote.end() <= hit.end()
                && hit.text().startsWith(quote.text(), from);
    }

    /**
     * Where a text stands in a passage, every character the same, white space included.
     *
     * @return offset in the document's normalised text
     */
    public static OptionalInt find(String text, Hit hit) {
        int at = text.isEmpty() ? -1 : hit.text().indexOf(text);
        return at < 0 ? OptionalInt.empty() : OptionalInt.of(hit.start() + at);
    }
}

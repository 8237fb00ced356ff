package org.cartulary.retrieval.quote;

import org.cartulary.retrieval.search.Hit;
import org.cartulary.retrieval.sentence.Sentence;
import org.cartulary.retrieval.table.HeadingRow;

/**
 * A chosen sentence, a row of a table, or the heading row over one.
 *
 * @param source number of its source, from 1; sentences of the same passage share it
 * @param hit the passage
 * @param text verbatim
 * @param start offset in the document's normalised text, in UTF-16 units
 * @param end offset behind it
 * @param headsNext whether it is the heading row over the quote that follows
 */
public record Quote(int source, Hit hit, String text, int start, int end, boolean headsNext) {
    public Quote(int source, Hit hit, String text, int start, int end) {
        this(source, hit, text, start, end, false);
    }

    /** Until sources are numbered. */
    private static final int UNNUMBERED = 1;

    static Quote of(Candidate candidate) {
        return new Quote(UNNUMBERED, candidate.hit(), candidate.text(), candidate.start(), candidate.end());
    }

    static Quote of(Hit hit, Sentence piece) {
        return new Quote(UNNUMBERED, hit, piece.text(), hit.start() + piece.start(), hit.start() + piece.end());
    }

    static Quote of(HeadingRow row) {
        return new Quote(UNNUMBERED, row.hit(), row.text(), row.start(), row.end(), true);
    }

    Quote numbered(int number) {
        return new Quote(number, hit, text, start, end, headsNext);
    }

    /** Whether some of it is quoted by another too. */
    boolean overlaps(Quote other) {
        return hit.document().equals(other.hit().document()) && start < other.end() && other.start() < end;
    }
}

package org.cartulary.retrieval.table;

import org.cartulary.retrieval.search.Hit;

/**
 * The row that says what the cells below it are, verbatim: "41 euros" tells nothing without it.
 *
 * @param hit the passage in which it stands, which may be one before that of the row
 * @param start offset in the document's normalised text, in UTF-16 units
 * @param end offset behind it
 */
public record HeadingRow(Hit hit, String text, int start, int end) {
    static HeadingRow of(Line line) {
        return new HeadingRow(line.hit(), line.text(), line.start(), line.end());
    }
}

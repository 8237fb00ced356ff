package org.cartulary.retrieval.context;

import org.cartulary.retrieval.search.Hit;
import org.cartulary.retrieval.table.HeadingRow;
import org.jspecify.annotations.Nullable;

/**
 * A numbered source.
 *
 * @param number from 1, as answers cite it
 * @param hit the passage that it is taken from
 * @param text the passage, or whole sentences out of it that stand together
 * @param start offset of the text in its document's normalised text, in UTF-16 units
 * @param end offset behind it
 * @param labels the heading row of the table in whose midst the text begins; null where it does not
 */
public record Source(
        int number,
        Hit hit,
        String text,
        int start,
        int end,
        @Nullable HeadingRow labels) {
    /** A source that holds all of its passage. */
    public static Source whole(int number, Hit hit) {
        return new Source(number, hit, hit.text(), hit.start(), hit.end(), null);
    }

    /** The line over the text: number, title, day, page and headings. */
    public String heading() {
        return heading(number, hit);
    }

    static String heading(int number, Hit hit) {
        StringBuilder heading = new StringBuilder("[").append(number).append("] ");
        heading.append(hit.title().isBlank() ? hit.path() : hit.title());
        heading.append(hit.holding().validity().effectiveOn() == null ? ", added " : ", in force since ")
                .append(hit.dated());
        if (hit.page() != null) {
            heading.append(", page ").append(hit.page());
        }
        if (hit.anchor() != null && !hit.anchor().isBlank()) {
            heading.append(", ").append(hit.anchor());
        }
        return heading.toString();
    }

    /** The text under the heading row that it needs to be understood. */
    public String labelled() {
        return labels == null ? text : labels.text() + "\n" + text;
    }

    /** Heading and text, as a prompt shows them. */
    public String rendered() {
        return heading() + "\n" + labelled() + "\n";
    }
}

package org.cartulary.ingest.structure;

import org.jspecify.annotations.Nullable;

/**
 * A piece of a document that is never torn apart without need.
 *
 * @param level of a heading, from 1; 0 for all else
 * @param text normalised, except between the steps of this package; never blank in a {@link StructuredDocument}
 * @param page of its first character: PDF page, slide or sheet, from 1; null where the format has none
 */
public record Block(
        Kind kind, int level, String text, @Nullable Integer page) {
    /** What a block is. */
    public enum Kind {
        HEADING,
        PARAGRAPH,
        LIST_ITEM,
        TABLE_ROW
    }

    static Block heading(int level, String text, @Nullable Integer page) {
        return new Block(Kind.HEADING, Math.clamp(level, 1, 9), text, page);
    }

    static Block paragraph(String text, @Nullable Integer page) {
        return new Block(Kind.PARAGRAPH, 0, text, page);
    }

    static Block listItem(String text, @Nullable Integer page) {
        return new Block(Kind.LIST_ITEM, 0, text, page);
    }

    static Block row(String text, @Nullable Integer page) {
        return new Block(Kind.TABLE_ROW, 0, text, page);
    }

    Block withText(String changed) {
        return new Block(kind, level, changed, page);
    }

    public boolean isHeading() {
        return kind == Kind.HEADING;
    }
}

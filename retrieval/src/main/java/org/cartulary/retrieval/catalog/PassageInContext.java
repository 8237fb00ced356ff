package org.cartulary.retrieval.catalog;

import org.jspecify.annotations.Nullable;

/**
 * A passage with the text of its document around it.
 *
 * @param before what precedes it, cut at a limit; never inside a surrogate pair
 * @param after what follows it, likewise
 */
public record PassageInContext(
        Document document,
        long passage,
        @Nullable Integer page,
        @Nullable String anchor,
        String before,
        String text,
        String after) {
    static PassageInContext cut(
            Document document,
            long passage,
            @Nullable Integer page,
            @Nullable String anchor,
            String text,
            int start,
            int end,
            int around) {
        int from = wholeCharacter(text, Math.max(0, start - around));
        int to = wholeCharacter(text, (int) Math.min(text.length(), (long) end + around));
        return new PassageInContext(
                document,
                passage,
                page,
                anchor,
                text.substring(from, start),
                text.substring(start, end),
                text.substring(end, to));
    }

    private static int wholeCharacter(String text, int offset) {
        boolean inside = offset > 0
                && offset < text.length()
                && Character.isSurrogatePair(text.charAt(offset - 1), text.charAt(offset));
        return inside ? offset - 1 : offset;
    }
}

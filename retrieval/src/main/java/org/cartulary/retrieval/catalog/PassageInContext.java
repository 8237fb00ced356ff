package org.cartulary.retrieval.catalog;

import org.jspecify.annotations.Nullable;

/**
 * A passage with the text of its document around it.
 *
 * @param before what precedes it, at most as long as asked for and beginning with a whole word
 * @param after what follows it, likewise ending with a whole word
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
        int from = Math.max(0, start - around);
        while (from > 0 && from < start && !Character.isWhitespace(text.charAt(from - 1))) {
            from++;
        }
        int to = (int) Math.min(text.length(), (long) end + around);
        while (to < text.length() && to > end && !Character.isWhitespace(text.charAt(to))) {
            to--;
        }
        return new PassageInContext(
                document,
                passage,
                page,
                anchor,
                text.substring(from, start),
                text.substring(start, end),
                text.substring(end, to));
    }
}

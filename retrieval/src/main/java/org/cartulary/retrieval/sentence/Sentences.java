package org.cartulary.retrieval.sentence;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Splits text into sentences: Java's own break rules (UAX 29) within each {@linkplain Blocks block}, mended where a full
 * stop ended an abbreviation, an initial or a list number. Stateless.
 */
public final class Sentences {
    private Sentences() {}

    /** The sentences of a text in their order; together they hold every character that is not white space. */
    public static List<Sentence> split(String text) {
        List<Sentence> sentences = new ArrayList<>();
        for (Blocks.Block block : Blocks.of(text)) {
            splitBlock(text, block, sentences);
        }
        return sentences;
    }

    private static void splitBlock(String text, Blocks.Block block, List<Sentence> sentences) {
        // A wrapped line is no boundary, but the break rules take every line feed for one.
        String flat =
                text.substring(block.start(), block.end()).replace('\n', ' ').replace('\r', ' ');
        BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ENGLISH);
        int start = 0;
        for (int part = 0; part < flat.length(); part = Boundaries.looseStop(flat, part)) {
            int partEnd = Boundaries.looseStop(flat, part);
            breaks.setText(flat.substring(part, partEnd));
            for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
                if (part + end == partEnd || Boundaries.isSentenceEnd(flat, start, part + end)) {
                    add(text, block.start() + start, block.start() + part + end, sentences);
                    start = part + end;
                }
            }
        }
    }

    private static void add(String text, int from, int to, List<Sentence> sentences) {
        int start = from;
        int end = to;
        while (start < end && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        if (start < end) {
            sentences.add(new Sentence(text.substring(start, end), start, end));
        }
    }
}

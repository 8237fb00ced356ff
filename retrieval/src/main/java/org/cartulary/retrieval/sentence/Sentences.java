package org.cartulary.retrieval.sentence;

import java.util.ArrayList;
import java.util.List;

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
        int start = 0;
        for (int end : Boundaries.possible(flat)) {
            if (end == flat.length() || Boundaries.isSentenceEnd(flat, start, end)) {
                add(text, block.start() + start, block.start() + end, sentences);
                start = end;
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

package org.cartulary.retrieval.quote;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.cartulary.retrieval.quantity.Quantities;
import org.cartulary.retrieval.quantity.Quantity;
import org.cartulary.retrieval.sentence.Sentence;
import org.cartulary.retrieval.sentence.Sentences;

/**
 * What can be quoted out of a passage: sentences, table rows, and rows that a parser tore into lines, put together again
 * under their label. Always a stretch of the text as it stands.
 */
final class Pieces {
    private static final int LEAST_WORDS = 3;
    private static final int LABEL_WORDS = 8;
    private static final int MOST_LENGTH = 400;

    private Pieces() {}

    /**
     * The pieces of a passage.
     *
     * @param headings title and headings over the passage; lines that only repeat them are left out
     */
    static List<Sentence> of(String text, String headings) {
        List<Sentence> sentences = Sentences.split(text);
        List<Sentence> pieces = new ArrayList<>();
        int i = 0;
        while (i < sentences.size()) {
            String first = sentences.get(i).text();
            int end = isLabel(first) || isRowStart(first) ? rowEnd(sentences, i) : i + 1;
            Sentence piece = joined(text, sentences.get(i), sentences.get(end - 1));
            if ((end > i + 1 || isWorthQuoting(first)) && !headings.contains(piece.text())) {
                pieces.add(piece);
            }
            i = end;
        }
        return pieces;
    }

    /** Behind the cells that follow a label or the beginning of a row. */
    private static int rowEnd(List<Sentence> sentences, int start) {
        int end = start + 1;
        while (end < sentences.size()
                && sentences.get(end).end() - sentences.get(start).start() <= MOST_LENGTH
                && isCell(sentences.get(end).text())) {
            end++;
        }
        return end;
    }

    private static boolean isCell(String text) {
        return !isClosed(text)
                && !isLabel(text)
                && !isRowStart(text)
                && units(text) < 2
                && !isNumberedHeading(text)
                && !text.startsWith("#")
                && text.indexOf(": ") < 0;
    }

    /** A line that names its subject and has a quantity stands for itself: "Class A, minor work $45 $90". */
    private static boolean isRowStart(String text) {
        return !isClosed(text) && Character.isUpperCase(text.charAt(0)) && text.indexOf(';') < 0 && units(text) > 0;
    }

    private static long units(String text) {
        return Quantities.in(text).stream()
                .map(Quantity::unit)
                .filter(Objects::nonNull)
                .distinct()
                .count();
    }

    private static boolean isLabel(String text) {
        return !isClosed(text)
                && Character.isUpperCase(text.charAt(0))
                && text.chars().noneMatch(Character::isDigit)
                && text.indexOf(';') < 0
                && words(text) <= LABEL_WORDS;
    }

    /** Headings, page numbers and questions say nothing by themselves. */
    private static boolean isWorthQuoting(String text) {
        return words(text) >= LEAST_WORDS
                && !text.startsWith("#")
                && !text.endsWith("?")
                && !text.endsWith(":")
                && !isLabel(text)
                && !isNumberedHeading(text);
    }

    private static boolean isNumberedHeading(String text) {
        return !isClosed(text)
                && text.matches("(?s)(?:\\d{1,2}\\.|\\d{1,2}(?:\\.\\d{1,2})+)\\s+\\p{Lu}.*")
                && words(text) <= LABEL_WORDS + 4;
    }

    private static boolean isClosed(String text) {
        return ".!?".indexOf(text.charAt(text.length() - 1)) >= 0;
    }

    private static int words(String text) {
        return text.split("\\s+", -1).length;
    }

    private static Sentence joined(String text, Sentence first, Sentence last) {
        return new Sentence(text.substring(first.start(), last.end()), first.start(), last.end());
    }
}

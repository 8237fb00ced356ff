package org.cartulary.retrieval.sentence;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Cuts text into blocks that no sentence crosses: paragraphs, list items, table rows and headings. A line feed within a
 * paragraph is taken for a wrapped line.
 */
final class Blocks {
    private static final Pattern LIST_ITEM = Pattern.compile(
            "\\s*(?:[-*+•‣▪–—·o]\\s|\\(?(?:\\d{1,3}(?:\\.\\d{1,3})*|[a-zA-Z]|[ivx]{1,5})[.)]\\s|[A-Z]{1,3}\\d{1,3}\\s).*",
            Pattern.DOTALL);
    /** Cells parted by bars, tabs or wide gaps, or written as "header: value; header: value". */
    private static final Pattern TABLE_ROW =
            Pattern.compile(".*(?:\\||\\t|\\S {3,}\\S).*|[^:;]{1,60}: [^;]*; [^:;]{1,60}: .*", Pattern.DOTALL);

    /** Three numbers and no sentence: a row whose cells only spaces part. */
    private static final Pattern ROW_OF_NUMBERS =
            Pattern.compile("(?:[^\\d.;()]*\\b\\d+(?:[.,:]\\d+)*\\b){3}(?:[^.;()]|\\.\\d)*", Pattern.DOTALL);

    private static final int HEADING_LENGTH = 80;

    private Blocks() {}

    /** Part of a text. */
    record Block(int start, int end) {}

    static List<Block> of(String text) {
        List<Block> blocks = new ArrayList<>();
        int start = 0;
        int lineStart = 0;
        while (lineStart < text.length()) {
            int lineEnd = lineEnd(text, lineStart);
            if (endsBlock(text, start, lineStart, lineEnd)) {
                blocks.add(new Block(start, lineEnd));
                start = lineEnd;
            }
            lineStart = lineEnd;
        }
        return blocks;
    }

    /** Offset behind the line feed, or the end of the text. */
    private static int lineEnd(String text, int from) {
        int feed = text.indexOf('\n', from);
        return feed < 0 ? text.length() : feed + 1;
    }

    private static boolean endsBlock(String text, int blockStart, int lineStart, int lineEnd) {
        if (lineEnd == text.length()) {
            return true;
        }
        String line = text.substring(lineStart, lineEnd).strip();
        String next = text.substring(lineEnd, lineEnd(text, lineEnd)).strip();
        return line.isEmpty()
                || next.isEmpty()
                || isRow(line)
                || isRow(next)
                || LIST_ITEM.matcher(next).matches()
                || next.startsWith("#")
                || (blockStart == lineStart && isHeading(line, next));
    }

    private static boolean isRow(String line) {
        return TABLE_ROW.matcher(line).matches() || ROW_OF_NUMBERS.matcher(line).matches();
    }

    /** A short first line without an end, before a line that begins anew. */
    private static boolean isHeading(String line, String next) {
        if (line.startsWith("#")) {
            return true;
        }
        char last = line.charAt(line.length() - 1);
        boolean open = Character.isLetterOrDigit(last) || last == ')';
        boolean list = LIST_ITEM.matcher(line).matches();
        return open
                && !list
                && line.length() <= HEADING_LENGTH
                && line.length() < 0.7 * next.length()
                && Character.isUpperCase(next.charAt(0))
                && line.split("\\s+", -1).length <= 10;
    }
}

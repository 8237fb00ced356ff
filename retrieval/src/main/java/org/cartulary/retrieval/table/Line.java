package org.cartulary.retrieval.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cartulary.retrieval.search.Hit;

/**
 * A line of a passage that may be a row, without white space around it.
 *
 * @param start offset in the document's normalised text
 */
record Line(Hit hit, String text, int start) {
    /** A cell longer than this is no label, and a line longer than four of them no row. */
    private static final int LABEL_CHARACTERS = 80;

    private static final int ROW_CHARACTERS = 4 * LABEL_CHARACTERS;
    private static final Pattern CELLS = Pattern.compile("\\s*\\|\\s*|\\t+| {3,}");
    private static final Pattern RULE = Pattern.compile("[\\s|:+=-]+");
    /** A row that names its cells itself: "Item: Permit; Fee: 85". */
    private static final Pattern LABELLED = Pattern.compile("[^:;]{1,80}: [^;]*(?:; .*)?", Pattern.DOTALL);

    private static final Pattern YEAR = Pattern.compile("\\b(?:19|20)\\d\\d\\b");
    private static final Pattern CAPITALISED = Pattern.compile("(?<!\\S)\\(?\\p{Lu}");
    private static final Pattern NUMBERED_HEADING =
            Pattern.compile("(?:\\d{1,2}\\.|\\d{1,2}(?:\\.\\d{1,2})+\\.?)\\s+\\p{Lu}.*");
    private static final Pattern LIST_ITEM = Pattern.compile("(?:[-*+•‣▪–—·]|\\(?[a-z\\d]{1,2}[.)])\\s.*");

    int end() {
        return start + text.length();
    }

    /** The lines of a passage that are not blank. */
    static List<Line> of(Hit hit) {
        List<Line> lines = new ArrayList<>();
        int from = 0;
        while (from < hit.text().length()) {
            int feed = hit.text().indexOf('\n', from);
            int to = feed < 0 ? hit.text().length() : feed;
            String raw = hit.text().substring(from, to);
            if (!raw.isBlank()) {
                int indent = raw.length() - raw.stripLeading().length();
                lines.add(new Line(hit, raw.strip(), hit.start() + from + indent));
            }
            from = to + 1;
        }
        return lines;
    }

    /** Cells that bars, tabs or wide gaps part. */
    boolean hasCells() {
        return cells().size() >= 2 || isRule();
    }

    /** The rule below the heading row of Markdown and of typed tables. */
    boolean isRule() {
        return RULE.matcher(text).matches() && text.contains("--");
    }

    private List<String> cells() {
        return Stream.of(CELLS.split(text, -1)).filter(cell -> !cell.isBlank()).toList();
    }

    boolean isLabelled() {
        return !hasCells() && LABELLED.matcher(text).matches();
    }

    /** Words in all cells; a year may head a column. */
    boolean hasOnlyLabels() {
        return !isRule() && cells().stream().allMatch(Line::isLabel);
    }

    private static boolean isLabel(String cell) {
        String rest = YEAR.matcher(cell).replaceAll("");
        long letters = rest.codePoints().filter(Character::isLetter).count();
        long digits = rest.codePoints().filter(Character::isDigit).count();
        return cell.length() <= LABEL_CHARACTERS && letters >= digits && (letters > 0 || !rest.equals(cell));
    }

    /** Part of a table whose cells nothing but spaces part, as PDF has them: no sentence, no heading, no item of a list. */
    boolean mayBePlainRow() {
        return text.length() <= ROW_CHARACTERS
                && ".!?:".indexOf(text.charAt(text.length() - 1)) < 0
                && !hasCells()
                && !isLabelled()
                && !text.startsWith("#")
                && !LIST_ITEM.matcher(text).matches()
                && !NUMBERED_HEADING.matcher(text).matches()
                && !isHeading();
    }

    private boolean isHeading() {
        return hit.title().contains(text)
                || Objects.requireNonNullElse(hit.anchor(), "").contains(text);
    }

    boolean hasFigures() {
        return YEAR.matcher(text).replaceAll("").chars().anyMatch(Character::isDigit);
    }

    /** Labels of several columns, each with a capital, of which only words are to be seen. */
    boolean mayBePlainLabels() {
        return !hasFigures()
                && text.length() <= 2 * LABEL_CHARACTERS
                && CAPITALISED.matcher(text).results().count() >= 2;
    }
}

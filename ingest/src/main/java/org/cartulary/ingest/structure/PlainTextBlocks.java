package org.cartulary.ingest.structure;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cartulary.ingest.text.NormalisedText;

/**
 * Plain text and Markdown (CommonMark's headings, lists, fences, and tables with pipes). In plain text a number sign
 * makes no heading; a title underlined on its own does in both, and rows between bars, or of three cells that tabs part,
 * make a table in both.
 */
final class PlainTextBlocks {
    private static final Pattern ATX = Pattern.compile("^ {0,3}(#{1,6})\\s+(.*?)\\s*#*\\s*$");
    private static final Pattern UNDERLINE = Pattern.compile("^ {0,3}(={3,}|-{3,}|~{3,})\\s*$");
    private static final Pattern ITEM = Pattern.compile("^\\s*([-*+•]|\\d{1,3}[.)])\\s+\\S.*");
    private static final Pattern FENCE = Pattern.compile("^\\s{0,3}(```|~~~).*");
    private static final Pattern TABLE_RULE =
            Pattern.compile("^\\s*\\|?\\s*:?-{2,}:?\\s*(\\|\\s*:?-{2,}:?\\s*)+\\|?\\s*$");
    private static final Pattern BARRED_ROW = Pattern.compile("^\\s*\\|.*\\|.*\\|\\s*$");
    private static final Pattern TABBED_ROW = Pattern.compile("^[^\\t]+(\\t+[^\\t]+){2,}\\s*$");
    private static final Pattern MARKS = Pattern.compile("(\\*\\*|__|`)(.+?)\\1");
    private static final Pattern LINK = Pattern.compile("!?\\[([^\\]]*)]\\([^)]*\\)");

    private final boolean markdown;
    private final LineJoiner joiner;
    private final List<Block> blocks = new ArrayList<>();
    private final List<String> paragraph = new ArrayList<>();
    private boolean item;
    private boolean fenced;

    private PlainTextBlocks(boolean markdown, List<String> lines) {
        this.markdown = markdown;
        this.joiner = new LineJoiner(lines);
    }

    static List<Block> of(String text, boolean markdown) {
        List<String> lines = text.lines().toList();
        PlainTextBlocks reader = new PlainTextBlocks(markdown, lines);
        for (int i = 0; i < lines.size(); i++) {
            i += reader.take(lines, i);
        }
        reader.flush();
        return reader.blocks;
    }

    /** Takes the line at an index. @return how many lines after it were taken too */
    private int take(List<String> lines, int index) {
        String line = lines.get(index);
        String next = index + 1 < lines.size() ? lines.get(index + 1) : "";
        if (markdown && FENCE.matcher(line).matches()) {
            flush();
            fenced = !fenced;
            return 0;
        }
        if (fenced || line.isBlank()) {
            takePlain(line);
            return 0;
        }
        boolean ruled =
                markdown && line.contains("|") && TABLE_RULE.matcher(next).matches();
        if (ruled || (isRow(line) && (isRow(next) || TABLE_RULE.matcher(next).matches()))) {
            return takeTable(lines, index);
        }
        return takeHeading(line, next);
    }

    private int takeHeading(String line, String next) {
        Matcher atx = ATX.matcher(line);
        if (markdown && atx.matches()) {
            flush();
            add(Block.heading(atx.group(1).length(), plain(atx.group(2)), null));
            return 0;
        }
        Matcher rule = UNDERLINE.matcher(next);
        if (rule.matches() && paragraph.isEmpty() && !UNDERLINE.matcher(line).matches()) {
            add(Block.heading(next.strip().startsWith("=") ? 1 : 2, plain(line), null));
            return 1;
        }
        takePlain(line);
        return 0;
    }

    private void takePlain(String line) {
        boolean startsItem = !fenced && ITEM.matcher(line).matches();
        if (line.isBlank() || startsItem) {
            flush();
        }
        if (!line.isBlank() && !UNDERLINE.matcher(line).matches()) {
            item = paragraph.isEmpty() ? startsItem : item;
            paragraph.add(line);
        }
    }

    private static boolean isRow(String line) {
        return BARRED_ROW.matcher(line).matches() || TABBED_ROW.matcher(line).matches();
    }

    private int takeTable(List<String> lines, int index) {
        flush();
        boolean bars = lines.get(index).contains("|");
        Table table = new Table();
        int taken = -1;
        for (int i = index; i < lines.size() && (bars ? lines.get(i).contains("|") : isRow(lines.get(i))); i++) {
            if (!TABLE_RULE.matcher(lines.get(i)).matches()) {
                takeRow(
                        table,
                        bars ? barred(lines.get(i)) : lines.get(i).strip().split("\t+", -1));
            }
            taken++;
        }
        table.blocks(null).forEach(this::add);
        return taken;
    }

    private static String[] barred(String line) {
        return line.strip().replaceAll("^\\||\\|$", "").split("(?<!\\\\)\\|", -1);
    }

    private void takeRow(Table table, String[] cells) {
        table.startRow();
        for (String cell : cells) {
            table.startCell();
            table.append(plain(cell));
        }
    }

    private void flush() {
        String text = plain(joiner.join(paragraph));
        add(item ? Block.listItem(text, null) : Block.paragraph(text, null));
        paragraph.clear();
        item = false;
    }

    private void add(Block block) {
        String text = NormalisedText.of(block.text());
        if (!text.isEmpty()) {
            blocks.add(block.withText(text));
        }
    }

    /** Markdown's marks for emphasis, code and links say nothing to a reader of the passage. */
    private String plain(String text) {
        return markdown ? MARKS.matcher(LINK.matcher(text).replaceAll("$1")).replaceAll("$2") : text;
    }
}

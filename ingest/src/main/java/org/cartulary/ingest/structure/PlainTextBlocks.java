package org.cartulary.ingest.structure;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cartulary.ingest.text.NormalisedText;

/**
 * Plain text and Markdown (CommonMark's headings, lists, fences, and tables with pipes). In plain text a number sign
 * makes no heading; a title underlined on its own does in both.
 */
final class PlainTextBlocks {
    private static final Pattern ATX = Pattern.compile("^ {0,3}(#{1,6})\\s+(.*?)\\s*#*\\s*$");
    private static final Pattern UNDERLINE = Pattern.compile("^ {0,3}(={3,}|-{3,}|~{3,})\\s*$");
    private static final Pattern ITEM = Pattern.compile("^\\s*([-*+•]|\\d{1,3}[.)])\\s+\\S.*");
    private static final Pattern FENCE = Pattern.compile("^\\s{0,3}(```|~~~).*");
    private static final Pattern TABLE_RULE =
            Pattern.compile("^\\s*\\|?\\s*:?-{2,}:?\\s*(\\|\\s*:?-{2,}:?\\s*)+\\|?\\s*$");
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
        if (markdown && line.contains("|") && TABLE_RULE.matcher(next).matches()) {
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

    private int takeTable(List<String> lines, int index) {
        flush();
        Table table = new Table();
        int taken = 0;
        for (int i = index; i < lines.size() && lines.get(i).contains("|"); i++) {
            if (i != index + 1) {
                takeRow(table, lines.get(i));
            }
            taken = i - index;
        }
        table.blocks(null).forEach(this::add);
        return taken;
    }

    private void takeRow(Table table, String line) {
        table.startRow();
        for (String cell : line.strip().replaceAll("^\\||\\|$", "").split("(?<!\\\\)\\|", -1)) {
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

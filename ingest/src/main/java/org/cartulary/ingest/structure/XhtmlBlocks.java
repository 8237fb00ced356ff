package org.cartulary.ingest.structure;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Gathers blocks from Tika's XHTML. Text of blocks is raw: white space as it came, because in PDF a line break is a line
 * break and in mail an empty line is a paragraph. Wholly bold paragraphs are marked, for formats whose headings are only
 * bold.
 */
final class XhtmlBlocks extends DefaultHandler {
    /**
     * A block and what its format does not say in words.
     *
     * @param bold all its letters are bold
     * @param bookmark an entry of a PDF's outline, whose level the block has
     */
    record RawBlock(Block block, boolean bold, boolean bookmark) {}

    private static final Set<String> BREAKING = Set.of(
            "p",
            "div",
            "li",
            "ul",
            "ol",
            "dl",
            "dt",
            "dd",
            "blockquote",
            "pre",
            "section",
            "article",
            "header",
            "main",
            "aside",
            "hr",
            "caption",
            "figcaption",
            "figure",
            "address",
            "form",
            "body",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "table",
            "tbody",
            "thead",
            "tr",
            "td",
            "th");
    private static final Set<String> LEFT_OUT = Set.of("nav", "footer", "button", "select", "option");
    /** Masters repeat on every slide; "outside" is a sheet's page header; an entry's heading is given by its own part. */
    private static final Set<String> LEFT_OUT_CLASSES =
            Set.of("slide-master-content", "outside", "package-entry", "embedded");

    /** A line break that was meant, unlike one in the source. */
    static final char BREAK = '\u2028';

    private final PageClasses pages;
    private final boolean outline;
    private final boolean withoutLists;
    private final List<RawBlock> blocks = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final Deque<Table> tables = new ArrayDeque<>();
    private int page;
    private int leftOut;
    private int lists;
    private int bold;
    private int boldLetters;
    private int heading;
    private int divs;
    private int pageDiv;

    /** @param mail lists of definitions repeat the head of a mail, which is taken from its metadata */
    XhtmlBlocks(PageClasses pages, boolean mail) {
        this.pages = pages;
        this.outline = pages == PageClasses.PDF;
        this.withoutLists = mail;
    }

    List<RawBlock> blocks() {
        return blocks;
    }

    /** Pages, slides or sheets seen. */
    int pagesSeen() {
        return page;
    }

    @Override
    public void startElement(String uri, String localName, String name, Attributes attributes) {
        String kind = attributes.getValue("class") == null ? "" : attributes.getValue("class");
        boolean repeated = withoutLists && localName.equals("dl");
        if (leftOut > 0 || repeated || LEFT_OUT.contains(localName) || LEFT_OUT_CLASSES.contains(kind)) {
            leftOut++;
            return;
        }
        if (BREAKING.contains(localName)) {
            flush();
        }
        switch (localName) {
            case "div" -> startDiv(kind);
            case "ul", "ol" -> lists++;
            case "b", "strong" -> bold++;
            case "br" -> text.append(BREAK);
            case "table" -> tables.push(new Table());
            case "tr" -> row();
            case "td", "th" -> cell();
            case "h1", "h2", "h3", "h4", "h5", "h6" -> heading = localName.charAt(1) - '0';
            default -> {}
        }
    }

    private void startDiv(String kind) {
        divs++;
        if (pages.starts(kind)) {
            page++;
            pageDiv = divs;
        }
    }

    private void row() {
        if (!tables.isEmpty()) {
            tables.peek().startRow();
        }
    }

    private void cell() {
        if (!tables.isEmpty()) {
            tables.peek().startCell();
        }
    }

    @Override
    public void endElement(String uri, String localName, String name) {
        if (leftOut > 0) {
            leftOut--;
            return;
        }
        if (BREAKING.contains(localName)) {
            flush("li".equals(localName));
        }
        switch (localName) {
            case "div" -> endDiv();
            case "ul", "ol" -> lists--;
            case "b", "strong" -> bold--;
            case "table" -> endTable();
            case "h1", "h2", "h3", "h4", "h5", "h6" -> heading = 0;
            default -> {}
        }
    }

    private void endDiv() {
        if (divs == pageDiv) {
            pageDiv = 0;
        }
        divs--;
    }

    private void endTable() {
        Table table = tables.poll();
        if (table == null) {
            return;
        }
        if (tables.isEmpty()) {
            table.blocks(pageNumber()).forEach(block -> blocks.add(new RawBlock(block, false, false)));
        } else {
            tables.peek().append(table.flat());
        }
    }

    @Override
    public void characters(char[] characters, int start, int length) {
        if (leftOut > 0) {
            return;
        }
        text.append(characters, start, length);
        for (int i = start; bold > 0 && i < start + length; i++) {
            boldLetters += Character.isLetterOrDigit(characters[i]) ? 1 : 0;
        }
    }

    private void flush() {
        flush(lists > 0);
    }

    private void flush(boolean item) {
        String raw = text.toString();
        int letters = (int) raw.chars().filter(Character::isLetterOrDigit).count();
        boolean allBold = letters > 0 && boldLetters >= letters;
        text.setLength(0);
        boldLetters = 0;
        if (raw.isBlank()) {
            return;
        }
        if (!tables.isEmpty()) {
            tables.peek().append(raw + BREAK + BREAK);
            return;
        }
        blocks.add(new RawBlock(block(raw, item), allBold, isBookmark(item)));
    }

    private boolean isBookmark(boolean item) {
        return outline && item && pageDiv == 0 && divs == 0;
    }

    private Block block(String raw, boolean item) {
        if (heading > 0) {
            return Block.heading(heading, raw, pageNumber());
        }
        if (isBookmark(item)) {
            return Block.heading(Math.max(1, lists), raw, null);
        }
        return item ? Block.listItem(raw, pageNumber()) : Block.paragraph(raw, pageNumber());
    }

    private @Nullable Integer pageNumber() {
        return page == 0 ? null : page;
    }
}

package org.cartulary.ingest.structure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.cartulary.ingest.parse.ParsedPart;
import org.cartulary.ingest.structure.PartReader.Read;
import org.cartulary.ingest.text.NormalisedText;

/** Joins the parts of a parse to one document: attachments and entries of archives become sections of it. */
public final class DocumentReader {
    private static final int MOST_TITLE_CHARACTERS = 200;
    private static final int MOST_LINE_CHARACTERS = 100;
    /** Titles that programs put in by themselves. */
    private static final Pattern NO_TITLE = Pattern.compile(
            "(?i)(untitled.*|microsoft word.*|powerpoint[- ]presentation|document\\d*|slide 1|title|.*\\.(docx?|pdf|pptx?|xlsx?|odt|rtf|tex|indd|qxd|dvi))");

    private DocumentReader() {}

    /**
     * Reads all parts of one file.
     *
     * @param parts of {@link org.cartulary.ingest.parse.ParseOutcome.Parsed}, the file itself first
     * @param path the document's path, whose last name is the title of last resort
     * @throws UnreadableOutput when the parser process did not give XHTML
     */
    public static StructuredDocument read(List<ParsedPart> parts, String path) {
        ParsedPart whole = parts.getFirst();
        Read own = PartReader.read(whole);
        List<Block> blocks = new ArrayList<>(own.blocks());
        for (ParsedPart part : parts.subList(1, parts.size())) {
            addSection(blocks, part);
        }
        return new StructuredDocument(
                title(whole, own.blocks(), path), whole.mediaType(), own.pages(), language(whole), blocks);
    }

    /** Pages within an attachment are not pages of the document: the section's heading is the anchor. */
    private static void addSection(List<Block> blocks, ParsedPart part) {
        List<Block> section = PartReader.read(part).blocks();
        if (section.isEmpty()) {
            return;
        }
        String name = NormalisedText.of(part.name());
        int level = Math.max(1, part.depth());
        blocks.add(Block.heading(level, name.isEmpty() ? "Embedded file" : name, null));
        for (Block block : section) {
            blocks.add(
                    block.isHeading()
                            ? Block.heading(block.level() + level, block.text(), null)
                            : new Block(block.kind(), 0, block.text(), null));
        }
    }

    private static String title(ParsedPart whole, List<Block> blocks, String path) {
        Optional<String> own = whole.first("dc:title")
                .map(NormalisedText::of)
                .filter(title -> title.length() >= 3 && !NO_TITLE.matcher(title).matches());
        Optional<String> heading = firstLine(whole, blocks)
                .or(() -> blocks.stream()
                        .filter(Block::isHeading)
                        .map(Block::text)
                        .findFirst());
        String title = own.or(() -> heading).orElseGet(() -> path.substring(path.lastIndexOf('/') + 1));
        return title.length() <= MOST_TITLE_CHARACTERS
                ? title
                : title.substring(0, MOST_TITLE_CHARACTERS).strip();
    }

    /** A PDF's title page often holds nothing but the title, which no rule takes for a heading. */
    private static Optional<String> firstLine(ParsedPart whole, List<Block> blocks) {
        return blocks.stream()
                .limit(whole.mediaType().equals("application/pdf") ? 1 : 0)
                .map(Block::text)
                .filter(text -> text.length() <= MOST_LINE_CHARACTERS
                        && !text.endsWith(".")
                        && text.codePoints().filter(Character::isLetter).count() >= 3)
                .findFirst();
    }

    private static String language(ParsedPart whole) {
        return whole.first("dc:language")
                .or(() -> whole.first("Content-Language"))
                .filter(tag -> tag.matches("[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*"))
                .map(tag -> tag.replace('_', '-'))
                .orElse("und");
    }
}

package org.cartulary.ingest.structure;

import static org.cartulary.ingest.structure.XhtmlBlocks.BREAK;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.cartulary.ingest.parse.ParsedPart;
import org.cartulary.ingest.structure.XhtmlBlocks.RawBlock;
import org.cartulary.ingest.text.NormalisedText;
import org.jspecify.annotations.Nullable;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Reads one part by the rules of its format. */
final class PartReader {
    /** @param pages PDF pages, slides or sheets; null where the format has none */
    record Read(List<Block> blocks, @Nullable Integer pages) {}

    private static final int MOST_BOLD_CHARACTERS = 120;
    private static final int MOST_TITLE_CHARACTERS = 150;
    /** Excel's codes for headers and footers of printed pages. */
    private static final Pattern PRINT_HEADER = Pattern.compile("&([LCR]|\").*");
    /** Tika's own mark for a footnote in Word. */
    private static final Pattern FOOTNOTE_MARK = Pattern.compile("\\[(foot|end)noteRef:\\d+]/?");

    private static final Set<String> MARKDOWN = Set.of("text/x-web-markdown", "text/markdown", "text/x-markdown");

    private PartReader() {}

    /** @throws UnreadableOutput when the part is not well-formed XHTML */
    static Read read(ParsedPart part) {
        PageClasses pages = PageClasses.of(part.mediaType());
        XhtmlBlocks handler = new XhtmlBlocks(pages, MailHead.isMail(part));
        parse(part.xhtml(), handler);
        List<Block> blocks = switch (pages) {
            case PDF -> PdfBlocks.of(handler.blocks());
            case SLIDES -> titled(plain(handler.blocks()));
            case SHEETS ->
                plain(handler.blocks()).stream()
                        .filter(block -> !PRINT_HEADER.matcher(block.text()).matches())
                        .toList();
            case NONE -> unpaged(part, handler.blocks());
        };
        return new Read(blocks, handler.pagesSeen() == 0 ? null : handler.pagesSeen());
    }

    private static void parse(String xhtml, XhtmlBlocks handler) {
        if (xhtml.isBlank()) {
            return;
        }
        try {
            SAXParserFactory factory = SAXParserFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.newSAXParser().parse(new InputSource(new StringReader(xhtml)), handler);
        } catch (SAXException e) {
            throw new UnreadableOutput("The parser's output is not well-formed: " + e.getMessage(), e);
        } catch (ParserConfigurationException | IOException e) {
            throw new IllegalStateException("The JDK's XML parser is not as documented", e);
        }
    }

    private static List<Block> unpaged(ParsedPart part, List<RawBlock> raw) {
        if (MailHead.isMail(part)) {
            List<Block> blocks = new ArrayList<>(MailHead.blocks(part));
            String subject = blocks.isEmpty() ? "" : blocks.getFirst().text();
            paragraphs(raw).stream()
                    .filter(block -> !(block.isHeading() && block.text().equals(subject)))
                    .forEach(blocks::add);
            return blocks;
        }
        boolean text = part.mediaType().startsWith("text/")
                && !part.mediaType().equals("text/html")
                && raw.stream().allMatch(block -> block.block().kind() == Block.Kind.PARAGRAPH);
        return text ? text(part.mediaType(), raw) : plain(raw);
    }

    private static List<Block> text(String mediaType, List<RawBlock> raw) {
        String whole = raw.stream().map(block -> block.block().text()).collect(Collectors.joining("\n\n"));
        Optional<List<Block>> table = DelimitedText.blocks(mediaType, whole);
        return table.orElseGet(() -> PlainTextBlocks.of(whole, MARKDOWN.contains(mediaType)));
    }

    /** A mail's text has its paragraphs between empty lines, also where it was HTML. */
    private static List<Block> paragraphs(List<RawBlock> raw) {
        return raw.stream()
                .flatMap(item -> item.block().kind() == Block.Kind.PARAGRAPH
                        ? PlainTextBlocks.of(item.block().text().replace(BREAK, '\n'), false).stream()
                        : plain(List.of(item)).stream())
                .toList();
    }

    private static List<Block> plain(List<RawBlock> raw) {
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < raw.size(); i++) {
            Block block = raw.get(i).block();
            for (String piece : Table.EMPTY_LINE.split(block.text(), -1)) {
                String text = NormalisedText.of(FOOTNOTE_MARK.matcher(piece).replaceAll(""));
                if (!text.isEmpty()) {
                    boolean heading = isBoldHeading(raw, i, text);
                    blocks.add(heading ? Block.heading(2, text, block.page()) : block.withText(text));
                }
            }
        }
        return blocks;
    }

    /** In Word and RTF without styles a heading is a short bold paragraph before one that is not. */
    private static boolean isBoldHeading(List<RawBlock> raw, int index, String text) {
        RawBlock block = raw.get(index);
        return block.bold()
                && block.block().kind() == Block.Kind.PARAGRAPH
                && text.length() <= MOST_BOLD_CHARACTERS
                && !text.endsWith(".")
                && index + 1 < raw.size()
                && !raw.get(index + 1).bold();
    }

    /** The first text of a slide is its title. */
    private static List<Block> titled(List<Block> blocks) {
        List<Block> titled = new ArrayList<>();
        Integer page = null;
        for (Block block : blocks) {
            boolean first = block.page() != null && !block.page().equals(page);
            page = block.page();
            boolean title = first && block.text().length() <= MOST_TITLE_CHARACTERS;
            titled.add(title ? Block.heading(1, block.text(), block.page()) : block);
        }
        return titled;
    }
}

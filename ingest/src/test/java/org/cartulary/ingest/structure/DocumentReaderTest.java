package org.cartulary.ingest.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.cartulary.ingest.parse.ParsedPart;
import org.junit.jupiter.api.Test;

class DocumentReaderTest {
    private static final String DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private static final String PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation";

    @Test
    void readsHeadingsListsAndParagraphs() {
        assertThat(read("text/html", "<h1>Visits</h1><p>From two\nto eight.</p><ul><li>No flowers</li></ul>")
                        .blocks())
                .containsExactly(
                        Block.heading(1, "Visits", null),
                        Block.paragraph("From two to eight.", null),
                        Block.listItem("No flowers", null));
    }

    @Test
    void makesRowsThatReadAlone() {
        String table = table("Item|Fee", "Copy of a plan|12.50", "Permit|85.00");
        assertThat(texts(read(DOCX, table)))
                .containsExactly("Item: Copy of a plan; Fee: 12.50", "Item: Permit; Fee: 85.00");
    }

    @Test
    void findsTheHeaderBelowATitle() {
        String table = table("Fees of the town office", "Item|Fee|Since", "Permit|85.00|2024");
        assertThat(texts(read(DOCX, table)))
                .containsExactly("Fees of the town office", "Item: Permit; Fee: 85.00; Since: 2024");
    }

    @Test
    void takesTheNextHeaderOfASecondTable() {
        String table = table("Item|Fee", "Permit|85", "Waste", "Bin|Rate", "240 litres|19");
        assertThat(texts(read(DOCX, table)))
                .containsExactly("Item: Permit; Fee: 85", "Waste", "Bin: 240 litres; Rate: 19");
    }

    @Test
    void separatesCellsOfATableWithoutHeader() {
        assertThat(texts(read(DOCX, table("1|2", "3|4")))).containsExactly("1 | 2", "3 | 4");
    }

    @Test
    void findsTablesInPlainTextBetweenBarsAndTabs() {
        String bars = "Rooms:\n| Room | Half day |\n|------|------|\n| Oak Room | 45 |\nCharities pay half.";
        assertThat(texts(read("text/plain", bars)))
                .containsExactly("Rooms:", "Room: Oak Room; Half day: 45", "Charities pay half.");
        assertThat(texts(read("text/plain", "Room\tSeats\tHalf day\nOak Room\t20\t45\n")))
                .containsExactly("Room: Oak Room; Seats: 20; Half day: 45");
        assertThat(texts(read("text/plain", "Name:\tAnn\nWard:\tSix")))
                .as("two columns are a form as likely as a table")
                .containsExactly("Name: Ann Ward: Six");
    }

    @Test
    void readsSheetsAsPagesWithTheirNames() {
        StructuredDocument book = read(
                XLSX,
                "<div class=\"sheet\"><h1>Rates</h1>" + table("Item|Fee", "Permit|85") + "</div>"
                        + "<div class=\"sheet\"><h1>Notes</h1>" + table("only this") + "</div>");
        assertThat(book.pages()).isEqualTo(2);
        assertThat(book.blocks())
                .containsExactly(
                        Block.heading(1, "Rates", 1),
                        Block.row("Item: Permit; Fee: 85", 1),
                        Block.heading(1, "Notes", 2),
                        Block.paragraph("only this", 2));
    }

    @Test
    void readsSlidesAsPagesUnderTheirTitles() {
        StructuredDocument show = read(
                PPTX,
                "<div class=\"slide-content\"><p>Hand hygiene</p><p>Before each contact.</p></div>"
                        + "<div class=\"slide-master-content\"><p>Click to edit</p></div>"
                        + "<div class=\"slide-notes\"><p>Say why.</p></div>"
                        + "<div class=\"slide-content\"><p>Gloves</p></div>");
        assertThat(show.pages()).isEqualTo(2);
        assertThat(show.blocks())
                .containsExactly(
                        Block.heading(1, "Hand hygiene", 1),
                        Block.paragraph("Before each contact.", 1),
                        Block.paragraph("Say why.", 1),
                        Block.heading(1, "Gloves", 2));
    }

    @Test
    void takesAShortBoldParagraphForAHeading() {
        assertThat(read(DOCX, "<p><b>Opening hours</b></p><p>Monday to Friday.</p>")
                        .blocks()
                        .getFirst())
                .isEqualTo(Block.heading(2, "Opening hours", null));
    }

    @Test
    void leavesOutWhatFramesAPage() {
        assertThat(texts(read("text/html", "<nav><a>Home</a></nav><p>Text.</p><footer>Imprint</footer>")))
                .containsExactly("Text.");
    }

    @Test
    void breaksParagraphsAtDoubledLineBreaks() {
        assertThat(texts(read("text/html", "<p>One<br/><br/>Two<br/>more</p>"))).containsExactly("One", "Two more");
    }

    @Test
    void leadsAMailWithItsHead() {
        ParsedPart mail = new ParsedPart(
                "",
                0,
                "message/rfc822",
                Map.of(
                        "dc:title", List.of("Rota"),
                        "Message-From", List.of("Ann <ann@ward.example>"),
                        "Message-To", List.of("Ben", "Cy"),
                        "dcterms:created", List.of("2026-03-01T09:30:00Z")),
                html("Dear all,\n\nthe rota is\nattached."));
        ParsedPart attached = new ParsedPart("rota.txt", 1, "text/plain", Map.of(), html("<p>Monday: Ben</p>"));
        StructuredDocument document = DocumentReader.read(List.of(mail, attached), "in/1.eml");
        assertThat(document.title()).isEqualTo("Rota");
        assertThat(document.blocks())
                .containsExactly(
                        Block.heading(1, "Rota", null),
                        Block.paragraph(
                                "From: Ann <ann@ward.example>; To: Ben, Cy; Date: 2026-03-01 09:30:00 UTC", null),
                        Block.paragraph("Dear all,", null),
                        Block.paragraph("the rota is attached.", null),
                        Block.heading(1, "rota.txt", null),
                        Block.paragraph("Monday: Ben", null));
    }

    @Test
    void readsMarkdown() {
        String markdown =
                "# Fees\n\nSee **below**.\n\n| Item | Fee |\n|---|---|\n| Permit | 85 |\n\n- first\n- second\n";
        assertThat(read("text/markdown", "<p>" + markdown + "</p>").blocks())
                .containsExactly(
                        Block.heading(1, "Fees", null),
                        Block.paragraph("See below.", null),
                        Block.row("Item: Permit; Fee: 85", null),
                        Block.listItem("- first", null),
                        Block.listItem("- second", null));
    }

    @Test
    void readsDelimitedTextThatTikaLeftAsText() {
        String csv = "Item;Fee\nPermit;85,00\n\"Plan; copied\";12,50\n";
        assertThat(texts(read("text/csv", "<p>" + csv + "</p>")))
                .containsExactly("Item: Permit; Fee: 85,00", "Item: Plan; copied; Fee: 12,50");
    }

    @Test
    void takesItsNameForTheTitleOfLastResort() {
        assertThat(read("text/plain", "<p>Just text.</p>").title()).isEqualTo("file.bin");
    }

    @Test
    void passesOverTitlesThatProgramsPutIn() {
        ParsedPart part = new ParsedPart(
                "",
                0,
                DOCX,
                Map.of("dc:title", List.of("Microsoft Word - old.doc")),
                html("<h1>Discharge</h1><p>x</p>"));
        assertThat(DocumentReader.read(List.of(part), "a.docx").title()).isEqualTo("Discharge");
    }

    @Test
    void refusesOutputWithADoctype() {
        ParsedPart part = new ParsedPart("", 0, DOCX, Map.of(), "<!DOCTYPE html><html/>");
        assertThatThrownBy(() -> DocumentReader.read(List.of(part), "a")).isInstanceOf(UnreadableOutput.class);
    }

    static StructuredDocument read(String mediaType, String body) {
        return DocumentReader.read(List.of(new ParsedPart("", 0, mediaType, Map.of(), html(body))), "in/file.bin");
    }

    private static List<String> texts(StructuredDocument document) {
        return document.blocks().stream().map(Block::text).toList();
    }

    private static String html(String body) {
        return "<html xmlns=\"http://www.w3.org/1999/xhtml\"><body>" + body + "</body></html>";
    }

    private static String table(String... rows) {
        StringBuilder table = new StringBuilder("<table><tbody>");
        for (String row : rows) {
            table.append("<tr><td>").append(row.replace("|", "</td><td>")).append("</td></tr>");
        }
        return table.append("</tbody></table>").toString();
    }
}

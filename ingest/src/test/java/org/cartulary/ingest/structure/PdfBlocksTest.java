package org.cartulary.ingest.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PdfBlocksTest {
    private static final String LONG =
            "This paragraph is long enough that a short line before it may well be a heading.";

    @Test
    void joinsLinesAndMendsHyphens() {
        assertThat(texts(page("<p>The doc-\ntor on duty\nsigns.</p>"))).containsExactly("The doctor on duty signs.");
    }

    @Test
    void keepsTheHyphenOfACompoundThatTheDocumentKnows() {
        assertThat(texts(page("<p>A follow-up visit.</p><p>Each follow-\nup is noted.</p>")))
                .containsExactly("A follow-up visit.", "Each follow-up is noted.");
    }

    @Test
    void takesNumberedLinesForHeadingsByTheirDepth() {
        assertThat(read(page("<p>4 Antibiotics</p><p>" + LONG + "</p><p>4.2 Gentamicin</p><p>" + LONG + "</p>"))
                        .blocks())
                .filteredOn(Block::isHeading)
                .containsExactly(Block.heading(1, "4 Antibiotics", 1), Block.heading(2, "4.2 Gentamicin", 1));
    }

    @Test
    void takesTheStepsOfAListForNoHeadings() {
        assertThat(read(page("<p>2. Hand hygiene</p><p>" + LONG
                                + "</p><p>1 Clean the hands</p><p>6 Enter the room\nClean the"
                                + " hands again</p><p>" + LONG
                                + "</p><p>3. Isolation</p><p>3.1 Levels</p><p>1. Close the"
                                + " door</p><p>4. Cleaning</p>"))
                        .blocks())
                .filteredOn(Block::isHeading)
                .extracting(Block::text)
                .containsExactly("2. Hand hygiene", "3. Isolation", "3.1 Levels", "4. Cleaning");
    }

    @Test
    void leavesTheHeadOfATableOutOfTheHeadingAboveIt() {
        assertThat(read(page("<p>2. Certificates and copies\nService Fee</p><p>" + LONG + "</p>"))
                        .blocks())
                .filteredOn(Block::isHeading)
                .containsExactly(Block.heading(1, "2. Certificates and copies", 1));
    }

    @Test
    void partsAHeadingFromTheTextThatFollowsInTheSameBlock() {
        assertThat(texts(page("<p>4.2 Gentamicin\nGive 5 mg/kg once daily and measure\nthe level.</p>")))
                .containsExactly("4.2 Gentamicin", "Give 5 mg/kg once daily and measure the level.");
    }

    @Test
    void takesAShortTitleBeforeTextForAHeadingBelowTheNumberedOne() {
        assertThat(read(page("<p>4.2 Gentamicin</p><p>Adult Dose</p><p>" + LONG + "</p>"))
                        .blocks()
                        .get(1))
                .isEqualTo(Block.heading(3, "Adult Dose", 1));
    }

    @Test
    void takesNoSentenceAndNoLineOfContentsForAHeading() {
        assertThat(read(page(
                                "<p>I saw it.</p><p>1 Introduction ...... 3</p><p>36 Board of Directors</p><p>O. Sanni, A. Popoola</p><p>A short remark</p>"))
                        .blocks())
                .noneMatch(Block::isHeading);
    }

    @Test
    void takesTheOutlineForHeadings() {
        String body = page("<p>opening times of the wards</p><p>" + LONG + "</p>")
                + "<ul><li>Visits</li><ul><li>Opening times of the wards</li></ul></ul>";
        assertThat(read(body).blocks().getFirst()).isEqualTo(Block.heading(2, "opening times of the wards", 1));
    }

    @Test
    void keepsOnlyTheFirstOfRepeatedHeadersAndNoPageNumbers() {
        StringBuilder pages = new StringBuilder();
        for (int i = 1; i <= 5; i++) {
            pages.append(page("<p>Trust policy IC-012, review 2027</p><p>Text of page number " + "abcde".charAt(i - 1)
                    + " goes here.</p><p>Page " + i + " of 5</p>"));
        }
        assertThat(texts(pages.toString()))
                .containsExactly(
                        "Trust policy IC-012, review 2027",
                        "Text of page number a goes here.",
                        "Text of page number b goes here.",
                        "Text of page number c goes here.",
                        "Text of page number d goes here.",
                        "Text of page number e goes here.");
    }

    @Test
    void givesASentenceAcrossPagesToThePageWhereItBegins() {
        String body = page("<p>The dose must be</p>") + page("<p>halved in renal failure. Then measure again.</p>");
        assertThat(read(body).blocks())
                .containsExactly(
                        Block.paragraph("The dose must be halved in renal failure.", 1),
                        Block.paragraph("Then measure again.", 2));
    }

    @Test
    void splitsListsAtTheirBullets() {
        assertThat(read(page("<p>• wash hands\n• wear gloves\nand mask</p>")).blocks())
                .containsExactly(Block.listItem("• wash hands", 1), Block.listItem("• wear gloves and mask", 1));
    }

    @Test
    void keepsFilledFormFieldsAndAnnotations() {
        String body =
                "<div class=\"page\"><p>Form</p><div class=\"annotation\"><div>Checked by Lucas.</div></div></div>"
                        + "<div class=\"acroform\"><ol><li>First name: Alice</li><li>Last name: </li></ol></div>";
        assertThat(texts(body))
                .contains("Checked by Lucas.", "First name: Alice")
                .doesNotContain("Last name:");
    }

    private static StructuredDocument read(String body) {
        return DocumentReaderTest.read("application/pdf", body);
    }

    private static List<String> texts(String body) {
        return read(body).blocks().stream().map(Block::text).toList();
    }

    private static String page(String body) {
        return "<div class=\"page\"><p/>" + body + "</div>";
    }
}

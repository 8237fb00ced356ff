package org.cartulary.ingest.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.cartulary.ingest.structure.Block;
import org.cartulary.ingest.structure.StructuredDocument;
import org.cartulary.ingest.text.NormalisedText;
import org.junit.jupiter.api.Test;

/** Tokens are words here: any counter that adds up will do. */
class ChunkerTest {
    private static final int MAX = 20;
    private final Chunker chunker = new Chunker(ChunkerTest::words, MAX);

    @Test
    void keepsAHeadingWithItsTextAndItsPathAsAnchor() {
        ChunkedDocument chunked =
                chunk(heading(1, "4 Antibiotics", 7), heading(2, "4.2 Gentamicin", 7), paragraph("Give 5 mg/kg.", 7));
        assertThat(chunked.passages())
                .containsExactly(new Passage(
                        0,
                        "4 Antibiotics\n\n4.2 Gentamicin\n\nGive 5 mg/kg.",
                        0,
                        44,
                        7,
                        "4 Antibiotics > 4.2 Gentamicin"));
    }

    @Test
    void startsAPassageAtEachHeading() {
        ChunkedDocument chunked =
                chunk(heading(1, "One", 1), paragraph("First.", 1), heading(1, "Two", 1), paragraph("Second.", 1));
        assertThat(chunked.passages()).extracting(Passage::text).containsExactly("One\n\nFirst.", "Two\n\nSecond.");
        assertThat(chunked.passages()).extracting(Passage::anchor).containsExactly("One", "Two");
    }

    @Test
    void startsAPassageOnEachPage() {
        assertThat(chunk(paragraph("First.", 1), paragraph("Second.", 2)).passages())
                .extracting(Passage::page)
                .containsExactly(1, 2);
    }

    @Test
    void joinsSmallBlocks() {
        assertThat(chunk(paragraph("First.", null), paragraph("Second.", null)).passages())
                .singleElement()
                .extracting(Passage::text)
                .isEqualTo("First.\n\nSecond.");
    }

    @Test
    void cutsALongParagraphBetweenSentences() {
        String sentence = "Each of these sentences has exactly eight words. ";
        assertThat(chunk(paragraph(sentence.repeat(6).strip(), null)).passages())
                .extracting(Passage::text)
                .allMatch(text -> text.endsWith("words.") && text.startsWith("Each"));
    }

    @Test
    void leavesNoSpaceAtTheHeadOfASentenceWhoseBoundaryLiesBeforeIt() {
        String words = "word ".repeat(MAX - 1).strip();
        assertThat(chunk(paragraph(words + ". ;", null)).passages())
                .extracting(Passage::text)
                .containsExactly(words + ".", ";");
    }

    @Test
    void cutsNoRow() {
        String row = "Item: one two three four five; Fee: six seven eight";
        List<Block> rows = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            rows.add(new Block(Block.Kind.TABLE_ROW, 0, row, 1));
        }
        assertThat(chunk(rows.toArray(Block[]::new)).passages())
                .flatExtracting(passage -> Arrays.asList(passage.text().split("\n", -1)))
                .hasSize(7)
                .containsOnly(row);
    }

    @Test
    void cutsASentenceThatIsLongerThanAPassage() {
        assertThat(chunk(paragraph("word ".repeat(100).strip(), null)).passages())
                .allMatch(passage -> words(List.of(passage.text())).getFirst() <= MAX);
    }

    @Test
    void asksForTokensOnce() {
        List<Integer> calls = new ArrayList<>();
        Chunker counting = new Chunker(
                texts -> {
                    calls.add(texts.size());
                    return words(texts);
                },
                MAX);
        counting.chunk(document(List.of(paragraph("One. Two. Three.", null), paragraph("Four.", null))));
        assertThat(calls).containsExactly(4);
    }

    @Property
    void givesPassagesThatAreTheirSpansInOrderAndWithinTheLimit(@ForAll("blocks") List<Block> blocks) {
        ChunkedDocument chunked = chunker.chunk(document(blocks));
        int end = 0;
        for (Passage passage : chunked.passages()) {
            assertThat(chunked.text().substring(passage.start(), passage.end())).isEqualTo(passage.text());
            assertThat(chunked.text().substring(end, passage.start())).isBlank();
            assertThat(passage.text()).isEqualTo(passage.text().strip()).isNotEmpty();
            assertThat(words(List.of(passage.text())).getFirst()).isLessThanOrEqualTo(MAX);
            end = passage.end();
        }
        assertThat(chunked.text().substring(end)).isBlank();
    }

    @Provide
    Arbitrary<List<Block>> blocks() {
        Arbitrary<String> texts = Arbitraries.strings()
                .withChars("abc .?!;é中😀".toCharArray())
                .ofMinLength(1)
                .ofMaxLength(200)
                .map(NormalisedText::of)
                .filter(text -> !text.isEmpty());
        Arbitrary<Block.Kind> kinds = Arbitraries.of(Block.Kind.class);
        Arbitrary<Integer> pages = Arbitraries.integers().between(1, 3);
        return Combinators.combine(kinds, texts, pages)
                .as((kind, text, page) -> new Block(kind, kind == Block.Kind.HEADING ? page : 0, text, page))
                .list()
                .ofMaxSize(30);
    }

    private ChunkedDocument chunk(Block... blocks) {
        return chunker.chunk(document(List.of(blocks)));
    }

    private static StructuredDocument document(List<Block> blocks) {
        return new StructuredDocument("Title", "text/plain", null, "und", blocks);
    }

    private static Block heading(int level, String text, Integer page) {
        return new Block(Block.Kind.HEADING, level, text, page);
    }

    private static Block paragraph(String text, @org.jspecify.annotations.Nullable Integer page) {
        return new Block(Block.Kind.PARAGRAPH, 0, text, page);
    }

    private static List<Integer> words(List<String> texts) {
        return texts.stream()
                .map(text -> (int) Pattern.compile("\\s+")
                        .splitAsStream(text.strip())
                        .filter(word -> !word.isEmpty())
                        .count())
                .toList();
    }
}

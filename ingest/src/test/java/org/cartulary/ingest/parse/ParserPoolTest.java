package org.cartulary.ingest.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.cartulary.ingest.parse.ParseOutcome.NotParsed;
import org.cartulary.ingest.parse.ParseOutcome.Parsed;
import org.cartulary.ingest.testing.SampleFiles;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParserPoolTest {
    @TempDir
    static Path work;

    @TempDir
    Path files;

    private static ParserPool pool;

    @BeforeAll
    static void open() {
        pool = new ParserPool(work, 2, ParserLimits.DEFAULT.withMaxCharacters(2_000_000));
    }

    @AfterAll
    static void close() {
        pool.close();
        assertThat(work).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({
        "office/pdf/fake-memo.pdf, application/pdf",
        "office/fake.docx, application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "office/fake.doc, application/msword",
        "office/stanley-cups.xlsx, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "office/simple.pptx, application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "office/simple.odt, application/vnd.oasis.opendocument.text",
        "office/fake-doc.rtf, application/rtf",
        "office/fake-html.html, text/html",
        "office/eml/fake-email.eml, message/rfc822",
        "office/fake-text.txt, text/plain",
        "office/README.md, text/markdown"
    })
    void readsEachFormatAndTellsItByContent(String path, String mediaType) throws Exception {
        Path file = Path.of(System.getProperty("cartulary.shared", "absent"), "documents", path);
        assumeThat(file).as("the sample documents are not here").exists();
        assertThat(parsed(file).parts().getFirst().mediaType()).isEqualTo(mediaType);
    }

    @Test
    void readsAPdfPageByPage() throws Exception {
        Path file = SampleFiles.pdf(files.resolve("a.pdf"), List.of(List.of("First page"), List.of("Second page")));
        assertThat(text(file)).contains("<div class=\"page\">", "First page", "Second page");
    }

    @Test
    void saysThatAnEmptyFileIsEmpty() throws Exception {
        NotParsed refused = refused(Files.createFile(files.resolve("empty.pdf")));
        assertThat(refused.failure()).isEqualTo(ParseFailure.EMPTY);
        assertThat(refused.reason()).contains("0 bytes");
    }

    @Test
    void saysThatAPasswordIsNeeded() throws Exception {
        assertThat(refused(SampleFiles.encryptedPdf(files.resolve("secret.pdf")))
                        .failure())
                .isEqualTo(ParseFailure.ENCRYPTED);
    }

    @Test
    void saysThatACutOffFileIsBroken() throws Exception {
        Path whole = SampleFiles.docx(files.resolve("whole.docx"), "Title", "Text");
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = Files.write(files.resolve("cut.docx"), java.util.Arrays.copyOf(bytes, bytes.length / 2));
        assertThat(refused(cut).failure()).isEqualTo(ParseFailure.BROKEN);
    }

    @Test
    void saysThatAScanHasNoTextLayer() throws Exception {
        NotParsed refused = refused(SampleFiles.pdfWithoutText(files.resolve("scan.pdf")));
        assertThat(refused.failure()).isEqualTo(ParseFailure.NO_TEXT);
        assertThat(refused.reason()).isEqualTo("no text layer; Tesseract/OCR is not installed or not enabled");
    }

    @Test
    void namesATypeThatItDoesNotSupport() throws Exception {
        Path program =
                Files.write(files.resolve("program.bin"), new byte[] {0x7F, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0});
        NotParsed refused = refused(program);
        assertThat(refused.failure()).isEqualTo(ParseFailure.UNSUPPORTED);
        assertThat(refused.reason()).contains("application/x-");
    }

    @Test
    void refusesAZipBomb() throws Exception {
        assertThat(refused(SampleFiles.bomb(files.resolve("bomb.zip"), 300)).failure())
                .isEqualTo(ParseFailure.ZIP_BOMB);
    }

    @Test
    void refusesMoreTextThanTheLimit() throws Exception {
        NotParsed refused = refused(SampleFiles.text(files.resolve("long.txt"), "words ".repeat(500_000)));
        assertThat(refused.failure()).isEqualTo(ParseFailure.TOO_MUCH_TEXT);
        assertThat(refused.reason()).contains("2,000,000");
    }

    @Test
    void stopsAtTheLimitOfNesting() throws Exception {
        ParseOutcome outcome = parse(SampleFiles.nest(files.resolve("nested.zip"), 20));
        assertThat(outcome.toString()).doesNotContain("the core");
    }

    @Test
    void readsTheEntriesOfAnArchive() throws Exception {
        Path zip = SampleFiles.zip(
                files.resolve("a.zip"), "note.txt", "Visitors leave at eight.".getBytes(StandardCharsets.UTF_8));
        List<ParsedPart> parts = parsed(zip).parts();
        assertThat(parts).hasSize(2);
        assertThat(parts.getLast().name()).isEqualTo("note.txt");
        assertThat(parts.getLast().xhtml()).contains("Visitors leave at eight.");
    }

    @ParameterizedTest
    @CsvSource({"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32LE", "UTF-32BE", "windows-1252"})
    void readsPlainTextInAnyEncoding(String charset) throws Exception {
        String text = "Die Küche öffnet um sieben, die Gebühr beträgt fünf Euro. ".repeat(20);
        Path file = Files.write(files.resolve("text.txt"), text.getBytes(Charset.forName(charset)));
        assertThat(text(file)).contains("Die Küche öffnet um sieben");
    }

    @Test
    void takesTextForUtf8EvenIfItsFirstUmlautStandsLate() throws Exception {
        Path file = SampleFiles.text(files.resolve("late.txt"), "All plain here.\n".repeat(20_000) + "Die Küche.");
        assertThat(text(file)).contains("Die Küche.");
    }

    @Test
    void followsNoExternalEntity() throws Exception {
        Path secret = SampleFiles.text(files.resolve("secret.txt"), "the secret of the house");
        Path file = SampleFiles.text(
                files.resolve("entity.xml"),
                "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY e SYSTEM \"" + secret.toUri()
                        + "\">]><a>before &e; after</a>");
        assertThat(parse(file).toString()).doesNotContain("the secret of the house");
    }

    @Test
    void givesTheParserNoNetwork() throws Exception {
        assumeThat(pool.status().networkClosed()).as(pool.status().isolation()).isTrue();
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(text(SampleFiles.hostile(files, "network " + listening.getLocalPort())))
                    .contains("network closed");
        }
    }

    @Test
    void givesTheParserNothingOfTheEnvironment() throws Exception {
        assertThat(text(SampleFiles.hostile(files, "environment")))
                .contains("LANG=C.UTF-8")
                .doesNotContain("JAVA_HOME", "USER");
    }

    @Test
    void readsTwoFilesAtOnce() throws Exception {
        Path one = SampleFiles.docx(files.resolve("one.docx"), "One", "The first text.");
        Path two = SampleFiles.docx(files.resolve("two.docx"), "Two", "The second text.");
        try (var both = Executors.newFixedThreadPool(2)) {
            var first = both.submit(() -> text(one));
            var second = both.submit(() -> text(two));
            assertThat(first.get()).contains("The first text.");
            assertThat(second.get()).contains("The second text.");
        }
        assertThat(pool.status().workers()).isEqualTo(2);
    }

    @Test
    void leavesNoFileBehind() throws Exception {
        text(SampleFiles.docx(files.resolve("one.docx"), "One", "The first text."));
        for (String worker : List.of("parser-1", "parser-2")) {
            assertThat(work.resolve(worker).resolve("in")).isEmptyDirectory();
            assertThat(work.resolve(worker).resolve("tmp")).isEmptyDirectory();
        }
    }

    private static ParseOutcome parse(Path file) throws InterruptedException {
        return pool.parse(file, file.getFileName().toString());
    }

    private static Parsed parsed(Path file) throws InterruptedException {
        ParseOutcome outcome = parse(file);
        assertThat(outcome).isInstanceOf(Parsed.class);
        return (Parsed) outcome;
    }

    private static NotParsed refused(Path file) throws InterruptedException {
        ParseOutcome outcome = parse(file);
        assertThat(outcome).isInstanceOf(NotParsed.class);
        return (NotParsed) outcome;
    }

    private static String text(Path file) throws InterruptedException {
        return parsed(file).parts().stream().map(ParsedPart::xhtml).collect(Collectors.joining("\n"));
    }
}

package org.cartulary.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.cartulary.ingest.testing.Installation;
import org.cartulary.ingest.testing.SampleFiles;
import org.cartulary.retrieval.building.Cutting;
import org.cartulary.retrieval.catalog.Document;
import org.cartulary.retrieval.catalog.PassageDraft;
import org.cartulary.retrieval.search.Hit;
import org.cartulary.retrieval.table.HeadingRows;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestTest {
    @TempDir
    static Path home;

    @TempDir
    Path files;

    private static Installation installation;

    @BeforeAll
    static void open() {
        installation =
                new Installation(home, IngestSettings.defaults().withWorkers(2).withMaxFileBytes(5_000_000));
        installation.ingest().start();
    }

    @AfterAll
    static void close() {
        installation.close();
    }

    @Test
    void findsAFileAtItsPageAndUnderItsHeading() throws Exception {
        Path file = SampleFiles.pdf(
                files.resolve("formulary.pdf"),
                List.of(
                        List.of("Formulary"),
                        List.of(
                                "4.2 Gentamicin",
                                "Give gentamicin at 5 mg per kg of body weight once daily and measure the level.")));
        Job job = installation.done(installation.submit(file));
        assertThat(job.state()).isEqualTo(JobState.READY);
        assertThat(job.pages()).isEqualTo(2);
        Hit hit = installation.search("dose of gentamicin").getFirst();
        assertThat(hit.document()).isEqualTo(job.document());
        assertThat(hit.page()).isEqualTo(2);
        assertThat(hit.anchor()).contains("4.2 Gentamicin");
        assertThat(hit.text()).contains("5 mg per kg");
    }

    @Test
    void findsARowOfASheetWithItsHeader() throws Exception {
        Path file = SampleFiles.xlsx(
                files.resolve("rates.xlsx"),
                "Rates",
                List.of(List.of("Service", "Fee in euro"), List.of("Swimming pool hire", "210")));
        assertThat(installation.done(installation.submit(file)).state()).isEqualTo(JobState.READY);
        Hit hit = installation.search("swimming pool fee").getFirst();
        assertThat(hit.text()).contains("Service: Swimming pool hire; Fee in euro: 210");
        assertThat(hit.anchor()).isEqualTo("Rates");
        assertThat(hit.page()).isEqualTo(1);
    }

    @Test
    void findsTheHeadingRowOverARowOfAPdf() throws Exception {
        Path file = SampleFiles.pdf(
                files.resolve("fees.pdf"),
                List.of(List.of(
                        "4. Business and events",
                        "Licence or permit Fee Runs for",
                        "Taxi licence, new $215 Three years",
                        "Taxi licence, renewal $140 Three years",
                        "Charitable organisations pay half of the fee for all that is listed in this table.")));
        installation.done(installation.submit(file));
        Hit hit = installation.search("What does a taxi licence cost?").getFirst();
        assertThat(List.of("Taxi licence, new", "Taxi licence, renewal"))
                .allSatisfy(row -> assertThat(
                                HeadingRows.over(hit, hit.start() + hit.text().indexOf(row), List.of()))
                        .hasValueSatisfying(
                                heading -> assertThat(heading.text()).isEqualTo("Licence or permit Fee Runs for")));
        assertThat(HeadingRows.over(hit, hit.start() + hit.text().indexOf("Charitable"), List.of()))
                .isEmpty();
    }

    @Test
    void namesTheCellsOfATableInPlainText() throws Exception {
        Path file = Files.writeString(files.resolve("rooms.txt"), """
                Hire of rooms
                | Room | Half day | Whole day |
                | Oak Room | 45 euros | 80 euros |
                | Elm Room | 70 euros | 120 euros |
                """);
        installation.done(installation.submit(file));
        assertThat(installation
                        .search("What does the Elm Room cost?")
                        .getFirst()
                        .text())
                .contains("Room: Elm Room; Half day: 70 euros; Whole day: 120 euros");
    }

    @Test
    void givesPassagesThatAreTheirSpansOfTheDocument() throws Exception {
        Path file = SampleFiles.docx(files.resolve("a.docx"), "Laundry", "Linen is collected on Tuesdays.");
        installation.done(installation.submit(file));
        Hit hit = installation.search("when is linen collected").getFirst();
        String text = installation
                .jdbi()
                .withHandle(handle -> handle.createQuery(
                                "SELECT text FROM retrieval.document_texts WHERE document = :document")
                        .bind("document", hit.document())
                        .mapTo(String.class)
                        .one());
        assertThat(text.substring(hit.start(), hit.end())).isEqualTo(hit.text());
    }

    @Test
    void cutsADocumentAgainOutOfItsOriginal() throws Exception {
        Path file = SampleFiles.docx(files.resolve("again.docx"), "Boilers", "Boilers are inspected on Mondays.");
        installation.done(installation.submit(file));
        Hit hit = installation.search("when are boilers inspected").getFirst();
        Document document =
                installation.retrieval().catalog().find(hit.document()).orElseThrow();
        Cutting.Cut again = installation.ingest().cutAgain(document).orElseThrow();
        assertThat(again.passages()).extracting(PassageDraft::text).contains(hit.text());
        assertThat(again.text()).contains("inspected on Mondays");
    }

    @Test
    void doesNothingForTheSameBytes() throws Exception {
        Job first = installation.done(installation.submit("one/same.txt", "The same bytes twice."));
        Job second = installation.done(installation.submit("two/same.txt", "The same bytes twice."));
        assertThat(second.state()).isEqualTo(JobState.DUPLICATE);
        assertThat(second.document()).isEqualTo(first.document());
    }

    @Test
    void replacesWhatWasAtThePath() throws Exception {
        Job old = installation.done(installation.submit("visits.txt", "Visitors leave at eight o'clock."));
        Job fresh = installation.done(installation.submit("visits.txt", "Visitors leave at nine o'clock."));
        assertThat(fresh.state()).isEqualTo(JobState.READY);
        assertThat(installation.documents())
                .filteredOn(document -> document.path().equals("visits.txt"))
                .extracting(Document::id)
                .containsExactly(fresh.document())
                .doesNotContain(old.document());
    }

    @Test
    void letsTheNewestOfManyVersionsWin() throws Exception {
        List<Job> jobs = new ArrayList<>();
        for (int i = 1; i <= 6; i++) {
            jobs.add(installation.submit("versions.txt", "This is version number " + i + "."));
        }
        for (Job job : jobs) {
            installation.done(job);
        }
        assertThat(installation.documents())
                .filteredOn(document -> document.path().equals("versions.txt"))
                .extracting(Document::id)
                .containsExactly(installation.done(jobs.getLast()).document());
    }

    @Test
    void keepsAFailedFileWithItsReasonAndGoesOn() throws Exception {
        Job empty = installation.submit(Files.createFile(files.resolve("empty.pdf")));
        Job locked = installation.submit(SampleFiles.encryptedPdf(files.resolve("locked.pdf")));
        Job good = installation.submit("good.txt", "The others go on.");
        assertThat(installation.done(empty).reason()).isEqualTo("The file is empty (0 bytes).");
        assertThat(installation.done(locked).reason()).contains("password");
        assertThat(installation.done(good).state()).isEqualTo(JobState.READY);
        JobSummary summary = installation.ingest().summary(List.of(empty.id(), locked.id(), good.id()));
        assertThat(summary.count(JobState.FAILED)).isEqualTo(2);
        assertThat(summary.sentence()).isEqualTo("1 ready, 2 failed (1 empty, 1 encrypted)");
        assertThat(installation.documents()).extracting(Document::path).contains("empty.pdf", "locked.pdf");
    }

    @Test
    void readsAFileAgainThatFailedBefore() throws Exception {
        assertThat(installation.done(installation.submit("blank.txt", "   ")).state())
                .isEqualTo(JobState.FAILED);
        Job mended = installation.done(installation.submit("blank.txt", "Now there is text."));
        assertThat(mended.state()).isEqualTo(JobState.READY);
        assertThat(installation.documents())
                .filteredOn(document -> document.path().equals("blank.txt"))
                .hasSize(1);
    }

    @Test
    void refusesAFileThatIsTooLarge() {
        assertThatThrownBy(() -> installation.submit("large.txt", "x".repeat(5_000_001)))
                .isInstanceOfSatisfying(
                        IngestRefused.class,
                        refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.FileTooLarge.class))
                .hasMessageContaining("5,000,000 bytes");
    }

    @Test
    void refusesAPathThatNamesNothing() {
        assertThatThrownBy(() -> installation.submit(" ", "text")).isInstanceOf(IngestRefused.class);
        assertThatThrownBy(() -> installation.submit("a\u0000b", "text")).isInstanceOf(IngestRefused.class);
    }

    @Test
    void knowsNoJobThatItWasNotGiven() {
        assertThat(installation.ingest().job(UUID.randomUUID())).isEmpty();
    }

    @Test
    void leavesNoFileInClear() throws Exception {
        installation.done(installation.submit("clear.txt", "Nothing of this lies about in clear."));
        assertThat(home.resolve("ingest/clear")).isEmptyDirectory();
    }
}

package org.cartulary.retrieval.quote;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.retrieval.answerability.Answerability;
import org.cartulary.retrieval.answerability.Calibration;
import org.cartulary.retrieval.answerability.Judgment;
import org.cartulary.retrieval.search.SearchRequest;
import org.cartulary.retrieval.search.SearchResult;
import org.cartulary.retrieval.table.HeadingRows;
import org.cartulary.retrieval.testing.Installation;
import org.cartulary.retrieval.testing.TestEmbedder;
import org.cartulary.retrieval.understanding.Wording;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuoteSelectionTest {
    private static Installation installation;
    private static CandidateScorer scorer;
    private static QuoteSelection selection;
    private static Answerability answerability;

    @BeforeAll
    static void write() {
        installation = Installation.fresh();
        scorer = new CandidateScorer(TestEmbedder.shared());
        ReferenceSearch references =
                new ReferenceSearch(installation.retrieval().search());
        selection = new QuoteSelection(
                TestEmbedder.shared(),
                references,
                new HeadingRows(installation.retrieval().search()));
        answerability =
                new Answerability(sha256 -> Optional.of(Calibration.standard()), TestEmbedder.shared(), references);
        var collection = installation.collection("handbook");
        installation.write(collection, "Retention schedule", """
                This schedule says how long records are kept. Visitor logs are kept for 90 days. Payroll records are kept \
                for seven years. Nothing is destroyed while a claim is open.

                Record: Accident book; Keep for: 6 years; Then: Destroy
                Record: Lost property register; Keep for: 180 days; Then: Destroy""");
        installation.write(collection, "Formulary", """
                Feverin is for fever and mild pain. Do not give feverin to newborns.

                Doses of feverin for children
                1 to 5 years 120 mg 5 ml Every 6 hours
                6 to 11 years 240 mg 10 ml Every 6 hours
                Adults and children of 12 years and over 500 mg 20 ml Every 4 hours

                Code Medicine Adult dose
                R1 Pestaban 200 mg by mouth
                R2 Gripanol 75 mg by mouth""");
        installation.write(collection, "Exposure manual", """
                People who shared a room with somebody who has plague are offered regimen R1 within two days.

                Visitors may come from 14:00 to 20:00. Two visitors may sit with a patient at a time.""");
    }

    @AfterAll
    static void close() {
        installation.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    How long are visitor logs kept?                        | Visitor logs are kept for 90 days.
                    For how long do we keep payroll records?               | Payroll records are kept for seven years.
                    How long must the accident book be kept?               | Record: Accident book; Keep for: 6 years; Then: Destroy
                    When may visitors come?                                | Visitors may come from 14:00 to 20:00.
                    How much feverin does a seven-year-old get?            | 6 to 11 years 240 mg 10 ml Every 6 hours
                    What is the dose of feverin for a child aged 4?        | 1 to 5 years 120 mg 5 ml Every 6 hours
                    """)
    void quotesTheOneSentenceThatAnswers(String question, String sentence) {
        assertThat(select(question)).extracting(Quote::text).containsExactly(sentence);
    }

    @Test
    void answersEachPartOfAQuestionFromItsDocument() {
        assertThat(select("How long are visitor logs kept, and when may visitors come to a patient?"))
                .extracting(Quote::text)
                .containsExactly("Visitor logs are kept for 90 days.", "Visitors may come from 14:00 to 20:00.");
    }

    @Test
    void followsACodeIntoAnotherDocument() {
        List<Quote> quotes = select("Which dose do adults get who shared a room with somebody with plague?");
        assertThat(quotes).extracting(Quote::text).element(0).asString().contains("regimen R1");
        assertThat(quotes).extracting(Quote::text).element(2).asString().startsWith("R1 Pestaban 200 mg");
        assertThat(quotes).extracting(Quote::source).containsExactly(1, 2, 2);
    }

    @Test
    void quotesARowUnderItsHeadingRow() {
        List<Quote> quotes = select("What is the adult dose of gripanol?");
        assertThat(quotes)
                .extracting(Quote::text)
                .containsExactly("Code Medicine Adult dose", "R2 Gripanol 75 mg by mouth");
        assertThat(quotes).extracting(Quote::headsNext).containsExactly(true, false);
        assertThat(quotes).allMatch(Quotes::verify);
    }

    @ParameterizedTest
    @ValueSource(strings = {"visitors", "feverin for children", "What is kept?", "Do not give to whom?"})
    void quotesCharacterByCharacter(String question) {
        assertThat(select(question)).isNotEmpty().allMatch(Quotes::verify);
    }

    @Test
    void noticesAQuoteThatDiffersByOneCharacter() {
        Quote right = select("How long are visitor logs kept?").getFirst();
        Quote wrong = new Quote(1, right.hit(), right.text().replace("90", "91"), right.start(), right.end());
        Quote shifted = new Quote(1, right.hit(), right.text(), right.start() + 1, right.end() + 1);
        assertThat(Quotes.verify(wrong)).isFalse();
        assertThat(Quotes.verify(shifted)).isFalse();
        assertThat(Quotes.find("Visitor logs  are", right.hit())).isEqualTo(OptionalInt.empty());
    }

    @Test
    void carriesWhatTheDocumentsSayAndNotWhatTheyDoNot() {
        SearchResult said = search("How long are visitor logs kept?");
        SearchResult unsaid = search("What is the capital of France?");
        assertThat(answerability.judge(said, scorer.score(said))).isInstanceOf(Judgment.Carries.class);
        assertThat(answerability.judge(unsaid, scorer.score(unsaid)))
                .isInstanceOfSatisfying(
                        Judgment.DoesNotCarry.class,
                        nothing -> assertThat(nothing.nearest()).isNotEmpty());
    }

    @Test
    void findsNothingForAReaderWithoutRights() {
        SearchResult found = installation
                .retrieval()
                .search()
                .search(new SearchRequest(
                        "How long are visitor logs kept?",
                        installation.retrieval().inForce(installation.rights(new Principal("nobody"))),
                        10));
        assertThat(selection.select(found.question(), found, scorer.score(found)))
                .isEmpty();
        assertThat(answerability.judge(found, List.of()))
                .isEqualTo(new Judgment.DoesNotCarry(new Judgment.Judged(0, Calibration.standard()), List.of()));
    }

    @Test
    void judgesNothingByACalibrationOfAnotherEmbedder() {
        Calibration standard = Calibration.standard();
        Calibration.Origin made = standard.origin();
        Calibration foreign = new Calibration(
                standard.version(),
                standard.constant(),
                standard.weights(),
                0,
                new Calibration.Origin(
                        made.description(), made.questionsSha256(), "ab".repeat(32), 30, 30, made.madeOn()),
                List.of());
        ReferenceSearch references =
                new ReferenceSearch(installation.retrieval().search());
        SearchResult said = search("How long are visitor logs kept?");
        for (Optional<Calibration> counting : List.of(Optional.of(foreign), Optional.<Calibration>empty())) {
            assertThat(new Answerability(sha256 -> counting, TestEmbedder.shared(), references)
                            .judge(said, scorer.score(said)))
                    .isInstanceOfSatisfying(Judgment.NotCalibrated.class, none -> {
                        assertThat(none.embedderSha256()).isEqualTo(made.embedderSha256());
                        assertThat(none.nearest()).isNotEmpty();
                    });
        }
    }

    @Test
    void followsACodeUnderTheWishesOfTheQuestion() {
        SearchRequest request = new SearchRequest(
                "Which dose do adults get who shared a room with somebody with plague?",
                installation.retrieval().inForce(installation.rights(Principal.CONSOLE)),
                10,
                new Wording(null, false, List.of("pestaban"), List.of()));
        SearchResult found = installation.retrieval().search().search(request);
        assertThat(selection.select(request.query(), found, scorer.score(found)))
                .singleElement()
                .extracting(Quote::text)
                .asString()
                .contains("regimen R1");
    }

    private static List<Quote> select(String question) {
        SearchResult found = search(question);
        return selection.select(question, found, scorer.score(found));
    }

    private static SearchResult search(String question) {
        return installation
                .retrieval()
                .search()
                .search(new SearchRequest(
                        question, installation.retrieval().inForce(installation.rights(Principal.CONSOLE)), 10));
    }
}

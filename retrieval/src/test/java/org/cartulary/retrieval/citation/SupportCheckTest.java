package org.cartulary.retrieval.citation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.cartulary.retrieval.context.Source;
import org.cartulary.retrieval.testing.Hits;
import org.cartulary.retrieval.testing.TestEmbedder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SupportCheckTest {
    private static final List<Source> SOURCES = List.of(
            Source.whole(1, Hits.of(1, "Retention schedule", """
                    Visitor logs are kept for 90 days. Payroll records are kept for seven years. Video recordings must not \
                    be kept longer than 30 days.""")), Source.whole(2, Hits.of(2, "Formulary", """
                    Adults take 2.5 mg of brisomycin twice a day. Children must not take brisomycin.""")));

    private final SupportCheck check = new SupportCheck(TestEmbedder.shared());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Visitor logs are kept for 90 days [1].",
                "The visitor logs must be kept 90 days. [1]",
                "Payroll records are kept for 7 years.",
                "The schedule says: \"Visitor logs are kept for 90 days\" [1].",
                "Adults take 2.5 mg of brisomycin twice a day [2].",
                "Children must not take brisomycin [2].",
                "Video recordings must not be kept longer than 30 days [1]."
            })
    void supportsWhatASourceSays(String answer) {
        assertThat(check.check(answer, SOURCES)).hasSize(1).allMatch(SentenceSupport::supported);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Visitor logs are kept for 60 days [1].",
                "Visitor logs are kept for 90 years [1].",
                "The schedule says: \"Visitor logs must be kept for 90 days\" [1].",
                "Adults take 25 mg of brisomycin twice a day [2].",
                "Adults take 2.5 g of brisomycin twice a day [2].",
                "Children take brisomycin [2].",
                "Adults must not take 2.5 mg of brisomycin twice a day [2].",
                "Visitor logs are kept for 90 days [2].",
                "Visitor logs are kept for 90 days [3].",
                "The mayor opened the new swimming pool on Monday."
            })
    void doesNotSupportWhatNoCitedSourceSays(String answer) {
        assertThat(check.check(answer, SOURCES)).hasSize(1).noneMatch(SentenceSupport::supported);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"Visitor logs are kept for 90 days. Payroll records must be kept for seven years\" [1].",
                "«Visitor logs are kept for 90 days. Payroll records must be kept for seven years» [1].",
                "„Visitor logs are kept for 90 days. Payroll records must be kept for seven years“ [1]."
            })
    void holdsAQuotationOverTwoSentencesAgainstTheSourceAsAWhole(String answer) {
        assertThat(check.check(answer, SOURCES)).hasSize(2).noneMatch(SentenceSupport::supported);
        String verbatim = answer.replace("must be kept", "are kept");
        assertThat(check.check(verbatim, SOURCES)).hasSize(2).allMatch(SentenceSupport::supported);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "«Visitor logs must be kept for 90 days» [1].",
                "»Visitor logs must be kept for 90 days« [1].",
                "„Visitor logs must be kept for 90 days“ [1].",
                "‚Visitor logs must be kept for 90 days‘ [1].",
                "‘Visitor logs must be kept for 90 days’ [1].",
                "“Visitor logs must be kept for 90 days” [1]."
            })
    void knowsQuotationMarksOfOtherLanguages(String answer) {
        assertThat(check.check(answer, SOURCES)).hasSize(1).noneMatch(SentenceSupport::supported);
        assertThat(check.check(answer.replace("must be", "are"), SOURCES)).allMatch(SentenceSupport::supported);
    }

    @Test
    void takesNoInchesForQuotationMarks() {
        List<Source> sources = List.of(Source.whole(
                1,
                Hits.of(
                        1,
                        "Stores",
                        "Dressings of 4\" lie on the left shelf. Dressings of 6\" lie on the right shelf.")));
        assertThat(check.check("Dressings of 4\" lie on the left shelf. Those of 6\" lie on the right shelf.", sources))
                .hasSize(2)
                .allMatch(SentenceSupport::supported);
    }

    @Test
    void tellsForEachSentenceItsSourceAndWhatIsMissing() {
        List<SentenceSupport> verdicts =
                check.check("Visitor logs are kept for 90 days [1]. Adults take 5 mg of brisomycin [2].", SOURCES);
        assertThat(verdicts).extracting(SentenceSupport::source).containsExactly(1, 2);
        assertThat(verdicts).extracting(SentenceSupport::supported).containsExactly(true, false);
        assertThat(verdicts.get(1).missing()).hasToString("[5 mg]");
        assertThat(verdicts.get(0).text()).isEqualTo("Visitor logs are kept for 90 days.");
    }

    @Test
    void supportsNothingWithoutSources() {
        assertThat(check.check("Visitor logs are kept for 90 days.", List.of()))
                .containsExactly(new SentenceSupport(
                        "Visitor logs are kept for 90 days.", List.of(), false, null, 0, 0, List.of()));
    }
}

package org.cartulary.retrieval.understanding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FollowUpTest {
    private static final List<String> EARLIER =
            List.of("How much is a building permit?", "What dose of paracetamol do adults get?");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "And children?",
                "What about infants?",
                "For children under twelve?",
                "How often may they get it?",
                "Und bei Kindern?",
                "Wie oft bekommen Kinder davon?"
            })
    void questionsThatLeanOnAnotherGetItsWords(String question) {
        assertThat(FollowUp.of(question, EARLIER))
                .hasValueSatisfying(
                        whole -> assertThat(whole).startsWith(question).contains("dose paracetamol adults"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Paracetamol",
                "Is it forbidden to smoke?",
                "How long are visitor logs kept in the town office?",
                "Was kostet das Parken?",
                "Who may visit?"
            })
    void othersStandAlone(String question) {
        assertThat(FollowUp.of(question, EARLIER)).isEmpty();
    }

    @Test
    void aChainLeansOnWhatItBeganWith() {
        assertThat(FollowUp.of("And at night?", List.of("What dose of paracetamol do adults get?", "And children?")))
                .hasValue("And at night? children dose paracetamol adults get");
    }

    @Test
    void nothingLeansWhereNothingWasAsked() {
        assertThat(FollowUp.of("And children?", List.of())).isEmpty();
    }
}

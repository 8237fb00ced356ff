package org.cartulary.retrieval.answerability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.cartulary.retrieval.lexical.Analysis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FocusTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Which cream is used for pressure sores?      | cream
            What is the antidote to zanofarin?           | antidote
            What does a dog licence cost?                | dog licence
            How much does a new bicycle cost?            | new bicycle
            Is there a piano in the Great Hall?          | piano
            How many books may I borrow at a time?       | books
            Who is the commissioner of the county?       | commissioner
            What oxygen concentration is it set to?      | oxygen concentration
            """)
    void isWhatTheFormOfAQuestionAsksFor(String question, String focus) {
        assertThat(Focus.of(question)).isEqualTo(Set.copyOf(Analysis.terms(focus)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "May I keep my wedding ring on?",
                "How long are visitor logs kept?",
                "Who is told when a patient falls?",
                "Wie lange werden Besucherbücher aufbewahrt?",
                ""
            })
    void isNothingWhereTheFormDoesNotTell(String question) {
        assertThat(Focus.of(question)).isEmpty();
    }

    /** Degrees answer what temperature it is; the word need not stand there. */
    @Test
    void isNothingWhereAnExampleAnswers() {
        assertThat(List.of(
                        "At which temperature are pens stored?",
                        "What is the maximum dose of feverin?",
                        "In which months are bonfires forbidden?",
                        "What is the fee for a permit?"))
                .allSatisfy(question -> assertThat(Focus.of(question)).isEmpty());
    }
}

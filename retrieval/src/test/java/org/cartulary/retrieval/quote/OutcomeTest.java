package org.cartulary.retrieval.quote;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OutcomeTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Falls were more frequent at night than by day.                | true
            There was no difference between the two wards.                | true
            Rails were associated with fewer injuries (p = 0.02).         | true
            The results suggest that rails do harm.                       | true
            The records of 282 patients were collected in two wards.      | false
            Visitors may bring one dog on a lead.                         | false
            Sheds may not be higher than 2.4 metres.                      | false
            Falls are a frequent reason for a longer stay.                | false
            """)
    void knowsWhatTellsAnOutcome(String sentence, boolean told) {
        assertThat(Outcome.toldBy(sentence)).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Do bed rails prevent falls?           | true
            Falls at night: are rails useful?     | true
            What prevents falls?                  | false
            How long do visitors stay?            | false
            """)
    void knowsWhatCanBeAnsweredByYesOrNo(String question, boolean asked) {
        assertThat(Outcome.askedBy(question)).isEqualTo(asked);
    }
}

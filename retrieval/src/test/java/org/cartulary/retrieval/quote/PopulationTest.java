package org.cartulary.retrieval.quote;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PopulationTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "How much does a four-year-old get?           | Children from 1 to 5 years take 120 mg. | 1",
                "How much does a four-year-old get?           | Adults take 500 mg.                     | -1",
                "What is the dose for a 40-year-old?          | Adults take 500 mg.                     | 1",
                "What is the dose for a woman aged 82?        | Children take 250 mg.                   | -1",
                "May babies have it?                          | It is not given to infants.             | 1",
                "What does an adult pay?                      | 6.50 for adults and 3.20 for children.  | 1",
                "Who consents for a child?                    | Minors need a parent's consent.         | 1",
                "What do adults eat before an operation?      | Nothing before minor surgery.           | 0",
                "What is the dose?                            | Adults take 500 mg.                     | 0",
                "What does a child take?                      | The dose is 5 mg.                       | 0"
            })
    void tellsWhetherARuleIsAboutWhomIsAskedAbout(String question, String text, int fit) {
        assertThat(Population.fit(Population.in(question), Population.in(text))).isEqualTo(fit);
    }
}

package org.cartulary.retrieval.quantity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantitiesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Give 2.50 mg every six hours     | 2.5 mg, 6 hour
                    a fee of €1,200                  | 1200 eur
                    1 200.75 euros                   | 1200.75 eur
                    kept for 90 days, seven years    | 90 day, 7 year
                    between 14:00 and 20:30          | 14, 0, 20, 30
                    one of them                      | ''
                    B12 and Section 4                | 4
                    a 30-day notice at 5%            | 30 day, 5 %
                    250µg                            | 250 mcg
                    """)
    void readsNumbersWithTheirUnits(String text, String expected) {
        List<String> found =
                Quantities.in(text).stream().map(Quantity::toString).toList();
        assertThat(String.join(", ", found)).isEqualTo(expected);
    }
}

package org.cartulary.retrieval.quantity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Visiting ends at 8 pm.                         | 20:00
            From 9.30 a.m. until 12 noon, then 2pm-4pm.    | 09:30 12:00 14:00 16:00
            Open 08:00 to 24:00.                           | 00:00 08:00
            Closed at 20 Uhr.                              | 20:00
            They leave at seven in the evening.            | 19:00
            12 am is midnight, 12 pm is noon.              | 00:00 12:00
            Take 5 mg at a ratio of 3 in 10 on page 12.    |
            """)
    void readsTimesOfDay(String text, @Nullable String times) {
        assertThat(ClockTimes.in(text).stream().map(Object::toString).collect(Collectors.joining(" ")))
                .isEqualTo(times == null ? "" : times);
    }

    @Test
    void comparesAmountsOfOneKind() {
        assertThat(base("2 weeks")).isEqualTo(base("14 days")).isNotEqualTo(base("15 days"));
        assertThat(base("0.5 g")).isEqualTo(base("500 mg"));
        assertThat(base("1 year")).isEqualTo(base("12 months")).isNotEqualTo(base("365 days"));
    }

    private static Quantity base(String text) {
        return Quantities.in(text).getFirst().inBaseUnit();
    }
}

package org.cartulary.retrieval.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.cartulary.retrieval.testing.Hits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearDuplicatesTest {
    /** So long that one word more or less makes no other passage of it. */
    private static final String AROUND =
            " The nurse in charge writes down the hour, the name of whoever asked, what was"
                    + " handed out and what was left in the cupboard, signs the sheet, and lays it into the folder beside the"
                    + " window, from where the pharmacy fetches all sheets of the week on every Monday morning before rounds"
                    + " begin, so that the stock of the house is known to everybody who has to order medicines for the wards."
                    + " Keys hang behind the counter of the gatekeeper, who hands them out against a signature and collects them"
                    + " again when the shift ends; lost ones are reported to the caretaker, who changes the lock, bills the"
                    + " department, and sends a short note about it to the committee for safety at work before the month is over.";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en | The dose is 5 mg at most. | The dose is 5 g at most.",
                "en | Give 500 to adults and 250 to children. | Give 250 to adults and 500 to children.",
                "en | Give it below < 38 degrees. | Give it below > 38 degrees.",
                "en | Keep sheets for two weeks. | Keep sheets for three weeks.",
                "en | It may be given at night. | It may not be given at night.",
                "en | It mustn't be given at night. | It must be given at night.",
                "en | Adults may not eat; children may drink. | Adults may eat; children may not drink.",
                "de | Kinder dürfen hinein. | Kinder dürfen nicht hinein.",
                "de | Mit Ausweis und ohne Kittel. | Mit Ausweis und Kittel.",
                "fr | On entre le soir. | On ne entre pas le soir.",
                "pl | Dzieci mogą wejść. | Dzieci nie mogą wejść.",
                "eu | Haurrak sartu daitezke. | Haurrak sartu daitezke nunca."
            })
    void passagesThatDifferWhereItMattersAreTwo(String language, String one, String other) {
        NearDuplicates duplicates = new NearDuplicates();
        assertThat(duplicates.repeats(Hits.of(1, "a", one + AROUND, language))).isFalse();
        assertThat(duplicates.repeats(Hits.of(2, "b", other + AROUND, language)))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "The dose is 5 mg at most. | The dose is 5mg at most.",
                "The dose is 5 mg at most. | The dose is 5 mg at the most.",
                "It may not be given at night. | It may not be given during nights."
            })
    void passagesThatSayTheSameAreOne(String one, String other) {
        NearDuplicates duplicates = new NearDuplicates();
        assertThat(duplicates.repeats(Hits.of(1, "a", one + AROUND))).isFalse();
        assertThat(duplicates.repeats(Hits.of(2, "b", other + AROUND))).isTrue();
    }

    @Test
    void aLongRunOfSignsIsReadOnce() {
        String run = "a".repeat(200_000);
        NearDuplicates duplicates = new NearDuplicates();
        assertThat(duplicates.repeats(Hits.of(1, "a", run))).isFalse();
        assertThat(duplicates.repeats(Hits.of(2, "b", run))).isTrue();
    }
}

package org.cartulary.retrieval.quote;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AimTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "The aim of this audit was to see how many visitors sign the register.",
                "The primary objectives of the survey are to count falls and to name their causes.",
                "We aimed to find out whether bed rails prevent falls.",
                "To determine whether shaving the skin causes infections.",
                "To clarify whether gloves prevent the spread.",
                "To measure the effect of gloves on the ward, this study was undertaken in 2019.",
                "This audit seeks to determine whether the register is kept.",
                "It was hypothesized that rails make falls worse.",
                "The present study examined falls in two wards.",
                "We compared falls before and after the change.",
                "It is unclear whether rails prevent falls.",
                "Little is known about falls at night.",
            })
    void knowsWhatOnlySaysWhatIsToBeFound(String sentence) {
        assertThat(Aim.statedBy(sentence)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "We compared falls before and after the change and found 12 fewer.",
                "Rails were associated with more falls (p = 0.01).",
                "To determine the dose, weigh the child first.",
                "To open the cabinet, turn the key twice.",
                "Visiting hours are from 14:00 to 19:00.",
                "The caseworker assesses the claim within 30 days.",
                "The ward is tested for legionella every quarter.",
                "Staff who are not sure ask the pharmacist.",
            })
    void takesRulesAndFindingsForNoAim(String sentence) {
        assertThat(Aim.statedBy(sentence)).isFalse();
    }

    @Test
    void knowsWhenAnAimIsAskedFor() {
        assertThat(Aim.askedBy("What is the purpose of the visitor log?")).isTrue();
        assertThat(Aim.askedBy("How long is the visitor log kept?")).isFalse();
    }
}

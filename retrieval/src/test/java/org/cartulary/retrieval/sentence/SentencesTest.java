package org.cartulary.retrieval.sentence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SentencesTest {
    static Stream<Arguments> splits() {
        return Stream.of(
                of("Give 2.5 mg daily. Do not exceed 10 mg.", "Give 2.5 mg daily.", "Do not exceed 10 mg."),
                of("Dr. Smith saw J. R. Jones. He agreed.", "Dr. Smith saw J. R. Jones.", "He agreed."),
                of("See Fig. 3 and pp. 4-5. It shows e.g. Leeds.", "See Fig. 3 and pp. 4-5.", "It shows e.g. Leeds."),
                of("The answer is no. Ask again.", "The answer is no.", "Ask again."),
                of("Form no. 12 is due on 3 Jan. 2026. Pay it.", "Form no. 12 is due on 3 Jan. 2026.", "Pay it."),
                of("As shown by Lee et al. (2020) it works. Fine.", "As shown by Lee et al. (2020) it works.", "Fine."),
                of(
                        "Rules:\n- Wash hands.\n- Wear a mask\n\nDone.",
                        "Rules:",
                        "- Wash hands.",
                        "- Wear a mask",
                        "Done."),
                of("1. Apply. 2.5 hours pass.\n2. Pay the fee.", "1. Apply.", "2.5 hours pass.", "2. Pay the fee."),
                of("Visitor logs | 90 days\nPayroll | seven years", "Visitor logs | 90 days", "Payroll | seven years"),
                of(
                        "Visiting hours\nVisitors may come between 14:00 and\n20:00 on every day. Children too.",
                        "Visiting hours",
                        "Visitors may come between 14:00 and\n20:00 on every day.",
                        "Children too."),
                of("the wing is thin . the flow is steady .", "the wing is thin .", "the flow is steady ."),
                of("Is it open? Yes! \"It is.\" Good.", "Is it open?", "Yes!", "\"It is.\"", "Good."),
                of("  \n \n"));
    }

    private static Arguments of(String text, String... sentences) {
        return Arguments.of(text, List.of(sentences));
    }

    @ParameterizedTest
    @MethodSource("splits")
    void splitsWhereAReaderWould(String text, List<String> sentences) {
        assertThat(Sentences.split(text)).extracting(Sentence::text).isEqualTo(sentences);
    }

    @Test
    void keepsEveryCharacterThatIsNotWhiteSpaceAndTellsWhereItStands() {
        String text = "A. B c. D e.f g!\n\n* x\ty | z\r\n# H\nmore (no. 3). 😀 end. ";
        StringBuilder joined = new StringBuilder();
        for (Sentence sentence : Sentences.split(text)) {
            assertThat(text.substring(sentence.start(), sentence.end())).isEqualTo(sentence.text());
            joined.append(sentence.text());
        }
        assertThat(joined.toString().replaceAll("\\s", "")).isEqualTo(text.replaceAll("\\s", ""));
    }
}

package org.cartulary.ingest.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalisedTextTest {
    @ParameterizedTest
    @CsvSource({
        "'e\\u0301t\\u00E9', '\\u00E9t\\u00E9'",
        "'e\\uFB03cient \\uFB01le', 'efficient file'",
        "'medi\\u00ADcine', 'medicine'",
        "'zero\\u200Bwidth\\uFEFF', 'zerowidth'",
        "'a\\u00A0b\\u2003c\\u2028d', 'a b c d'",
        "'null\\u0000bell\\u0007', 'nullbell'",
        "'\\uD800lone', 'lone'",
        "'\\u202Eturned\\u202C', 'turned'"
    })
    void writesTheSameTextTheSameWay(String raw, String expected) {
        assertThat(NormalisedText.of(unescape(raw))).isEqualTo(unescape(expected));
    }

    @Test
    void keepsTheJoinersThatScriptsAndEmojiNeed() {
        String family = "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67";
        assertThat(NormalisedText.of(family)).isEqualTo(family);
    }

    @Test
    void foldsWhiteSpace() {
        assertThat(NormalisedText.of("  one \n\t two\r\n")).isEqualTo("one two");
    }

    @Property
    void changesNothingTheSecondTime(@ForAll String raw) {
        String once = NormalisedText.of(raw);
        assertThat(NormalisedText.of(once)).isEqualTo(once);
    }

    @Property
    void givesTextThatPostgresqlCanHold(@ForAll String raw) {
        String text = NormalisedText.of(raw);
        assertThat(text).doesNotContain("\0", "  ", "\n");
        assertThat(Normalizer.isNormalized(text, Normalizer.Form.NFC)).isTrue();
        assertThat(text.codePoints().allMatch(c -> c < 0xD800 || c > 0xDFFF)).isTrue();
    }

    private static String unescape(String text) {
        return java.util.regex.Pattern.compile("\\\\u([0-9A-F]{4})")
                .matcher(text)
                .replaceAll(found -> String.valueOf((char) Integer.parseInt(found.group(1), 16)));
    }
}

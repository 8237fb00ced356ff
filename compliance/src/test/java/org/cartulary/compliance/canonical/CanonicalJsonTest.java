package org.cartulary.compliance.canonical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.cartulary.compliance.testing.Cache;
import org.cartulary.compliance.testing.ForeignTool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What RFC 8785 prints, what its authors tested with, and what V8 says. */
class CanonicalJsonTest {
    private static final String SPELL_BITS = """
            const view = new DataView(new ArrayBuffer(8));
            for (const bits of require("fs").readFileSync(process.argv[1], "ascii").trim().split("\\n")) {
              view.setBigUint64(0, BigInt(bits));
              console.log(JSON.stringify(view.getFloat64(0)));
            }
            """;

    @ParameterizedTest
    @CsvSource({
        "0000000000000000, 0",
        "8000000000000000, 0",
        "0000000000000001, 5e-324",
        "8000000000000001, -5e-324",
        "7fefffffffffffff, 1.7976931348623157e+308",
        "ffefffffffffffff, -1.7976931348623157e+308",
        "4340000000000000, 9007199254740992",
        "c340000000000000, -9007199254740992",
        "4430000000000000, 295147905179352830000",
        "44b52d02c7e14af5, 9.999999999999997e+22",
        "44b52d02c7e14af6, 1e+23",
        "44b52d02c7e14af7, 1.0000000000000001e+23",
        "444b1ae4d6e2ef4e, 999999999999999700000",
        "444b1ae4d6e2ef4f, 999999999999999900000",
        "444b1ae4d6e2ef50, 1e+21",
        "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
        "3eb0c6f7a0b5ed8d, 0.000001",
        "41b3de4355555553, 333333333.3333332",
        "41b3de4355555554, 333333333.33333325",
        "41b3de4355555555, 333333333.3333333",
        "41b3de4355555556, 333333333.3333334",
        "41b3de4355555557, 333333333.33333343",
        "becbf647612f3696, -0.0000033333333333333333",
        "43143ff3c1cb0959, 1424953923781206.2"
    })
    void numbersAreSpelledAsAppendixBSays(String bits, String text) {
        double value = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));
        assertThat(CanonicalJson.text(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7fffffffffffffff", "7ff0000000000000"})
    void whatIsNoNumberIsRefusedAsAppendixBSays(String bits) {
        double value = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));
        assertThatIllegalArgumentException().isThrownBy(() -> CanonicalJson.bytes(value));
    }

    @Test
    void theSampleOfSection322BecomesTheBytesOfSection324() {
        String sample = """
                {
                  "numbers": [333333333.33333329, 1E30, 4.50,
                              2e-3, 0.000000000000000000000000001],
                  "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
                  "literals": [null, true, false]
                }
                """;
        String bytes = """
                7b 22 6c 69 74 65 72 61 6c 73 22 3a 5b 6e 75 6c 6c 2c 74 72
                75 65 2c 66 61 6c 73 65 5d 2c 22 6e 75 6d 62 65 72 73 22 3a
                5b 33 33 33 33 33 33 33 33 33 2e 33 33 33 33 33 33 33 2c 31
                65 2b 33 30 2c 34 2e 35 2c 30 2e 30 30 32 2c 31 65 2d 32 37
                5d 2c 22 73 74 72 69 6e 67 22 3a 22 e2 82 ac 24 5c 75 30 30
                30 66 5c 6e 41 27 42 5c 22 5c 5c 5c 5c 5c 22 2f 22 7d
                """;
        assertThat(canonical(sample.getBytes(StandardCharsets.UTF_8))).isEqualTo(hex(bytes));
    }

    @Test
    void namesAreSortedByTheirUtf16UnitsAsInSection323() {
        String sample = """
                {
                  "\\u20ac": "Euro Sign",
                  "\\r": "Carriage Return",
                  "\\ufb33": "Hebrew Letter Dalet With Dagesh",
                  "1": "One",
                  "\\ud83d\\ude00": "Emoji: Grinning Face",
                  "\\u0080": "Control",
                  "\\u00f6": "Latin Small Letter O With Diaeresis"
                }
                """;
        String text = new String(canonical(sample.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
        assertThat(text)
                .isEqualTo("{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                        + "\"\u00f6\":\"Latin Small Letter O With Diaeresis\",\"\u20ac\":\"Euro Sign\","
                        + "\"\ud83d\ude00\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
    }

    @Test
    void aNameStandsBeforeThoseThatItBegins() {
        assertThat(CanonicalJson.text(Map.of("ab", 4, "aa", 3, "a", 2, "", 1)))
                .isEqualTo("{\"\":1,\"a\":2,\"aa\":3,\"ab\":4}"); // the order of section 3.2.3
    }

    /** Arrays, names in French, structures, text that is not normalised, values, weird names, and what is no object. */
    @ParameterizedTest
    @ValueSource(strings = {"arrays", "french", "structures", "unicode", "values", "weird", "null", "true", "false"})
    void theAuthorsOwnFilesBecomeTheBytesThatTheySay(String name) throws IOException {
        Path files = Cache.vectors("debian-13-1/jcs");
        byte[] expected = hex(Files.readString(files.resolve("outhex/" + name + ".txt")));
        assertThat(canonical(Files.readAllBytes(files.resolve("input/" + name + ".json"))))
                .isEqualTo(expected);
    }

    /** Appendix B names V8, of which Node is made, as a reference for as many numbers as one likes. */
    @Test
    void aHundredThousandNumbersAreSpelledAsV8DoesIt(@TempDir Path scratch) throws Exception {
        ForeignTool.assumeInstalled("node");
        SplittableRandom random = new SplittableRandom(20261123);
        double[] numbers = IntStream.range(0, 100_000)
                .mapToDouble(number -> number % 2 == 0
                        ? Double.longBitsToDouble(random.nextLong())
                        : random.nextLong(1L << 53) * Math.pow(10, random.nextInt(-30, 10)))
                .filter(Double::isFinite)
                .toArray();
        Path bits = Files.write(
                scratch.resolve("bits"),
                Arrays.stream(numbers)
                        .mapToObj(number -> Long.toUnsignedString(Double.doubleToRawLongBits(number)))
                        .toList());
        ForeignTool.Result v8 = ForeignTool.shell(scratch, "node -e '" + SPELL_BITS + "' " + bits);
        assertThat(v8.exit()).as(v8.text()).isZero();
        assertThat(numbers).hasSizeGreaterThan(99_000);
        assertThat(Arrays.stream(numbers).mapToObj(CanonicalJson::text))
                .containsExactlyElementsOf(v8.text().lines().toList());
    }

    private static byte[] canonical(byte[] json) {
        return CanonicalJson.bytes(CanonicalJson.parse(json));
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replaceAll("\\s", ""));
    }
}

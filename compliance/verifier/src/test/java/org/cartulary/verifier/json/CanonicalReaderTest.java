package org.cartulary.verifier.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.cartulary.verifier.report.CheckFailed;
import org.cartulary.verifier.testing.Cache;
import org.erdtman.jcs.JsonCanonicalizer;
import org.erdtman.jcs.NumberToJSON;

class CanonicalReaderTest {
    @Property(seed = "20261122", tries = 2_000)
    void acceptsWhatALibraryMadeCanonical(@ForAll("objects") String json) throws IOException {
        byte[] canonical = new JsonCanonicalizer(json).getEncodedUTF8();
        assertThat(accepts(canonical)).isTrue();
    }

    @Property(seed = "20261122", tries = 3_000)
    void acceptsNoChangedByteThatALibraryWouldSpellAnotherWay(
            @ForAll("objects") String json, @ForAll int position, @ForAll byte value) throws IOException {
        byte[] changed = new JsonCanonicalizer(json).getEncodedUTF8();
        changed[Math.floorMod(position, changed.length)] = value;
        if (accepts(changed)) {
            assertThat(changed).isEqualTo(canonicalOrNothing(changed));
        }
    }

    @Property(seed = "20261122", tries = 5_000)
    void acceptsEveryDoubleInItsShortestForm(@ForAll long bits) throws IOException {
        double value = Double.longBitsToDouble(bits);
        if (Double.isFinite(value)) {
            String spelling = NumberToJSON.serializeNumber(value);
            assertThat(Double.parseDouble(spelling)).isEqualTo(value == 0 ? 0.0 : value);
            assertThat(accepts("{\"n\":" + spelling + "}")).isTrue();
        }
    }

    @Example
    void knowsTheNumbersOfTheSpecification() {
        // RFC 8785 appendix B
        for (String number : List.of(
                "0",
                "5e-324",
                "-5e-324",
                "1.7976931348623157e+308",
                "-1.7976931348623157e+308",
                "9007199254740992",
                "-9007199254740992",
                "295147905179352830000",
                "9.999999999999997e+22",
                "1e+23",
                "1.0000000000000001e+23",
                "999999999999999700000",
                "999999999999999900000",
                "1e+21",
                "9.999999999999997e-7",
                "0.000001",
                "333333333.3333332",
                "333333333.33333325",
                "333333333.3333333",
                "333333333.3333334",
                "333333333.33333343",
                "-0.0000033333333333333333",
                "1424953923781206.2")) {
            assertThat(accepts("{\"n\":" + number + "}")).as(number).isTrue();
        }
    }

    @Example
    void knowsTheTextOfTheSpecification() {
        // RFC 8785 section 3.2.3
        assertThat(accepts("{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                        + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}"))
                .isTrue();
        assertThat(accepts(
                        "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"ö\":\"Latin Small Letter O"
                                + " With Diaeresis\",\"€\":\"Euro Sign\",\"\ud83d\ude00\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew"
                                + " Letter Dalet With Dagesh\"}"))
                .isTrue();
    }

    /** Section 3.2.4, as bytes; and with each name of section 3.2.3 put behind the next, which is another order. */
    @Example
    void knowsTheBytesAndTheOrderOfTheSpecification() {
        assertThat(accepts(HexFormat.of()
                        .parseHex("7b226c69746572616c73223a5b6e756c6c2c747275652c66616c73655d2c226e756d62657273223a"
                                + "5b3333333333333333332e333333333333332c31652b33302c342e352c302e3030322c31652d3237"
                                + "5d2c22737472696e67223a22e282ac245c75303030665c6e4127425c225c5c5c5c5c222f227d")))
                .isTrue();
        List<String> names = List.of("", "\\r", "1", "\u0080", "ö", "€", "\ud83d\ude00", "\ufb33");
        assertThat(accepts(objectOf(names))).isTrue();
        for (int i = 1; i < names.size(); i++) {
            List<String> swapped = new ArrayList<>(names);
            Collections.swap(swapped, i - 1, i);
            assertThat(accepts(objectOf(swapped))).as(swapped.toString()).isFalse();
        }
    }

    private static String objectOf(List<String> names) {
        return names.stream().map(name -> "\"" + name + "\":0").collect(Collectors.joining(",", "{", "}"));
    }

    /** What the authors of RFC 8785 tested with: the canonical form is taken, and what they wrote otherwise is not. */
    @Example
    void takesTheAuthorsOwnFilesInTheirCanonicalFormOnly() throws IOException {
        Path files = Cache.vectors("debian-13-1/jcs");
        for (String name :
                List.of("arrays", "french", "structures", "unicode", "values", "weird", "null", "true", "false")) {
            byte[] canonical = HexFormat.of()
                    .parseHex(Files.readString(files.resolve("outhex/" + name + ".txt"))
                            .replaceAll("\\s", ""));
            assertThat(acceptsValue(canonical)).as(name).isTrue();
            byte[] written = Files.readAllBytes(files.resolve("input/" + name + ".json"));
            assertThat(acceptsValue(written)).as(name).isEqualTo(Arrays.equals(written, canonical));
        }
    }

    private static boolean acceptsValue(byte[] json) {
        CanonicalReader reader = new CanonicalReader(json, 0, json.length, "text");
        try {
            reader.skip();
            reader.end();
            return true;
        } catch (CheckFailed e) {
            return false;
        }
    }

    @Example
    void refusesEveryOtherSpelling() {
        for (String text : List.of(
                "{\"n\":1.0}",
                "{\"n\":01}",
                "{\"n\":-0}",
                "{\"n\":1E2}",
                "{\"n\":1e2}",
                "{\"n\":+1}",
                "{\"n\":.5}",
                "{\"n\":1.}",
                "{\"n\":9007199254740993}",
                "{\"n\":1e999}",
                "{\"n\":NaN}",
                "{\"n\":-}",
                "{\"n\":}",
                "{ }",
                "{\"a\":1 }",
                " {}",
                "{}\n",
                "{\"b\":1,\"a\":2}",
                "{\"a\":1,\"a\":2}",
                "{,}",
                "{\"a\":1,}",
                "{\"a\":[1,]}",
                "{\"a\":[,1]}",
                "{\"a\":[1 ,2]}",
                "{\"a\":[1}",
                "{\"a\":tru}",
                "{\"a\":nulL}",
                "{\"a\"}",
                "{\"a\":\"\\/\"}",
                "{\"a\":\"\\u0041\"}",
                "{\"a\":\"\\u000A\"}",
                "{\"a\":\"\\u000a\"}",
                "{\"a\":\"\\u001F\"}",
                "{\"a\":\"\\ud83d\\udc8a\"}",
                "{\"a\":\"\t\"}",
                "{\"a\":\"x}",
                "{\"a\":\"\\\"}",
                "{'a':1}",
                "[]",
                "",
                "{\"a\":1}{}",
                "{\"a\":1e1e1}",
                "{\"a\":--1}")) {
            assertThat(accepts(text)).as(text).isFalse();
        }
        for (String text : List.of(
                "{}",
                "{\"a\":[],\"b\":{}}",
                "{\"\":\"\"}",
                "{\"a\":\"\\u001f\\n\\\"\\\\ \u007f€💊/\"}",
                "{\"a\":[1,[true,false,null],{\"x\":-1.5}]}",
                "{\"\uD83D\uDC8A\":1,\"\uFB33\":2}")) {
            assertThat(accepts(text)).as(text).isTrue(); // names sort by UTF-16 units, so the pill comes first
        }
    }

    @Example
    void refusesBytesThatAreNotUtf8() {
        for (int[] bad :
                new int[][] {{0xff}, {0xc0, 0x80}, {0xed, 0xa0, 0x80}, {0xe2, 0x82}, {0xf8, 0x88, 0x80, 0x80}}) {
            byte[] text = "{\"a\":\"....\"}".getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < bad.length; i++) {
                text[6 + i] = (byte) bad[i];
            }
            assertThat(accepts(text)).as(Arrays.toString(bad)).isFalse();
        }
    }

    @Example
    void boundsDepthAndLengthOfNumbers() {
        int deepest = CanonicalReader.MAX_DEPTH - 1; // the object around them counts
        assertThat(accepts("{\"a\":" + "[".repeat(deepest) + "]".repeat(deepest) + "}"))
                .isTrue();
        assertThat(accepts("{\"a\":" + "[".repeat(100_000))).isFalse();
        assertThat(accepts("{\"a\":" + "{\"a\":".repeat(100_000))).isFalse();
        assertThat(accepts("{\"a\":" + "1".repeat(1_000_000) + "}")).isFalse();
    }

    @Example
    void givesTheBytesOfAValueAsTheyStand() {
        byte[] text = "{\"a\":{\"x\":[1,2]},\"b\":3}".getBytes(StandardCharsets.UTF_8);
        CanonicalReader reader = new CanonicalReader(text, 0, text.length, "text");
        reader.beginObject();
        reader.name("a");
        int from = reader.position();
        reader.skip();
        assertThat(new String(text, from, reader.position() - from, StandardCharsets.UTF_8))
                .isEqualTo("{\"x\":[1,2]}");
        reader.name("b");
        assertThat(reader.count()).isEqualTo(3);
        reader.endObject();
        reader.end();
    }

    @Example
    void namesPlaceAndByteOfWhatItRefuses() {
        byte[] text = "{\"a\": 1}".getBytes(StandardCharsets.UTF_8);
        CanonicalReader reader = new CanonicalReader(text, 0, text.length, "records/3.json");
        reader.beginObject();
        reader.nextName();
        assertThatThrownBy(reader::count)
                .isInstanceOf(CheckFailed.class)
                .hasMessage("records/3.json, byte 5: expected a canonical number or other value, found 0x20");
    }

    @Provide
    Arbitrary<String> objects() {
        Arbitrary<String> texts = Arbitraries.strings()
                .withChars("ab\"\\/\b\f\n\r\t\u0001\u001f\u007fé€\uFB33")
                .ofMaxLength(6)
                .map(CanonicalReaderTest::quoted);
        Arbitrary<String> numbers = Arbitraries.oneOf(
                Arbitraries.longs().between(-(1L << 53), 1L << 53).map(String::valueOf),
                Arbitraries.doubles().map(String::valueOf));
        Arbitrary<String> leaves = Arbitraries.oneOf(texts, numbers, Arbitraries.of("true", "false", "null"));
        Arbitrary<String> values = Arbitraries.lazyOf(
                () -> leaves,
                () -> leaves,
                () -> leaves.list().ofMaxSize(4).map(list -> "[" + String.join(" , ", list) + "]"),
                () -> object(texts, leaves));
        return object(texts, values);
    }

    private static Arbitrary<String> object(Arbitrary<String> names, Arbitrary<String> values) {
        return Combinators.combine(names, values)
                .as((name, value) -> new String[] {name, value})
                .list()
                .ofMaxSize(5)
                .uniqueElements(pair -> pair[0])
                .map(pairs -> pairs.stream()
                        .map(pair -> pair[0] + " :\t" + pair[1])
                        .collect(Collectors.joining(",\n", "{", "}")));
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            json.append(c < ' ' || c == '"' || c == '\\' ? "\\u%04x".formatted((int) c) : c);
        }
        return json.append('"').toString();
    }

    private static byte[] canonicalOrNothing(byte[] json) {
        try {
            return new JsonCanonicalizer(json).getEncodedUTF8();
        } catch (IOException e) {
            return new byte[0];
        }
    }

    private static boolean accepts(String json) {
        return accepts(json.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean accepts(byte[] json) {
        CanonicalReader reader = new CanonicalReader(json, 0, json.length, "text");
        try {
            reader.beginObject();
            while (reader.nextName() != null) {
                reader.skip();
            }
            reader.end();
            return true;
        } catch (CheckFailed e) {
            return false;
        }
    }
}

package org.cartulary.verifier.leaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.cartulary.verifier.report.CheckFailed;
import org.cartulary.verifier.tree.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeafTest {
    private static final String HEX = "\"" + "0123456789abcdef".repeat(4) + "\"";
    private static final String UUID = "\"01936f00-0000-7000-8000-000000000001\"";
    private static final String DIGEST = "{\"question\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"}";

    @Test
    void readsWhatEachTypeMayShow() {
        assertThat(read("asked", Map.of("act", "\"search\"", "digests", DIGEST)).digests())
                .containsOnlyKeys("question");
        read(
                "retrieved",
                Map.of("policyVersion", "7", "filterDigest", HEX, "generation", "\"g1\"", "model", HEX, "hits", "0"));
        for (String type : new String[] {"answered", "abstained", "refused", "failed", "cancelled", "interrupted"}) {
            read(type, Map.of("generation", "\"g1\"", "model", HEX, "policyVersion", "7", "reason", "\"no-carrier\""));
        }
        for (String type : new String[] {"document-added", "document-replaced", "document-deleted"}) {
            read(type, Map.of("document", UUID, "collection", UUID, "generation", "\"g1\""));
        }
        read("rights-changed", Map.of("policyVersion", "8"));
        for (String type : new String[] {"signed-in", "configuration-changed", "key-changed", "evidence-exported"}) {
            read(type, Map.of());
        }
        read(
                "restored",
                Map.of(
                        "predecessor",
                        "\"example.invalid/1/2026\"",
                        "size",
                        "9",
                        "root",
                        "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"",
                        "databaseOrigin",
                        "\"example.invalid/1/2026\"",
                        "databaseSize",
                        "5"));
        read("started", Map.of("version", "\"0.1.0-SNAPSHOT\""));
        assertThat(read("stopped", Map.of("version", "\"0.1.0\"")).number()).isEqualTo(17);
    }

    @Test
    void refusesFieldsThatATypeMustNotShow() {
        assertThatThrownBy(() -> read("asked", Map.of("question", "\"what?\"")))
                .hasMessageContaining("expected a known field, found \"question\"");
        assertThatThrownBy(() -> read("asked", Map.of("policyVersion", "7")))
                .hasMessageContaining("expected only fields that asked has in clear, found \"policyVersion\"");
        assertThatThrownBy(() -> read("signed-in", Map.of("reason", "\"x\""))).isInstanceOf(CheckFailed.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "asked|act|\"Mrs Miller\"",
                "restored|databaseOrigin|\"the copy of Mrs Miller\"",
                "restored|databaseSize|-1",
                "restored|databaseSize|\"5\"",
                "answered|reason|\"Patient refused\"",
                "answered|model|\"tinyllama\"",
                "answered|generation|\"g 1\"",
                "answered|generation|1",
                "answered|policyVersion|-1",
                "answered|policyVersion|1.5",
                "answered|policyVersion|\"7\"",
                "document-added|document|\"01936f00-0000-7000-8000-00000000000G\"",
                "document-added|document|\"plan.pdf\"",
                "asked|actor|\"nurse@example.org\"",
                "asked|actor|\"AAECAwQFBgcICQoLDA0ODx\"",
                "asked|origin|\"another.invalid/log\"",
                "asked|v|2",
                "asked|number|-1",
                "asked|number|0",
                "answered|reason|\"9lives\"",
                "started|version|\"1 of 2\"",
                "asked|digests|{\"a_b\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"}",
                "asked|type|\"asking\"",
                "asked|time|\"2026-11-22T06:00:00+00:00\"",
                "asked|time|\"2026-02-30T06:00:00.000000Z\"",
                "asked|time|\"2026-11-22T24:00:00.000000Z\"",
                "asked|time|\"2026-11-22 06:00:00.000000Z\"",
                "asked|time|\"2026-11-22T06:00:00.Z\"",
                "asked|time|\"1969-12-31T23:59:59.000000Z\"",
                "asked|digests|{\"question\":\"AAAA\"}",
                "asked|digests|{\"a question\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"}",
                "asked|digests|[]",
                "asked|digests|null"
            })
    void refusesValuesOfAnotherShape(String type, String name, String value) {
        assertThatThrownBy(() -> read(type, Map.of(name, value))).isInstanceOf(CheckFailed.class);
    }

    @Test
    void refusesALeafThatLacksAField() {
        for (String name : new String[] {"actor", "digests", "number", "origin", "time", "type", "v"}) {
            assertThatThrownBy(() -> read(json(fields("asked", Map.of()), name)))
                    .as(name)
                    .hasMessageContaining("one of them missing");
        }
    }

    @Test
    void readsTimesToTheMicrosecond() {
        assertThat(LeafTime.micros("1970-01-01T00:00:01.500000Z")).isEqualTo(1_500_000L);
        assertThat(LeafTime.micros("2026-11-22T06:00:00.123456Z")).isEqualTo(1_795_327_200_123_456L);
        assertThat(LeafTime.micros("2000-02-29T23:59:59.000001Z")).isEqualTo(951_868_799_000_001L);
        assertThat(LeafTime.micros("2026-11-22T06:00:00.1234567Z")).isNull();
        assertThat(LeafTime.micros("2026-11-22T06:00:00Z")).isNull();
    }

    @Test
    void readsTheWorkedExampleOfTheLeafSchema() {
        String json = "{\"act\":\"ask\",\"actor\":\"Atx5h9Adwa3RfmFIy8kpdQ\",\"digests\":{\"collection\":"
                + "\"x6TWnQxuoktfUcXBqaLfjhoA0IBHOPALJl7Rco1WkpM=\",\"question\":"
                + "\"+1kbvBAIqbtI3zJ72I2eIvY6oDrj3Yf0d9TH0o/zxlw=\"},\"number\":17,"
                + "\"origin\":\"cartulary.invalid/0011223344556677/2026\","
                + "\"time\":\"2026-11-22T06:00:00.123456Z\",\"type\":\"asked\",\"v\":1}";
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        assertThat(bytes).hasSize(297);
        Leaf leaf = Leaf.read(bytes, 0, bytes.length, "cartulary.invalid/0011223344556677/2026", "leaf");
        assertThat(HexFormat.of().formatHex(Sha256.ofThread().leaf(bytes, 0, bytes.length)))
                .isEqualTo("289cb4ca49795ae1ded1d0624e4f99e9f46c0bd88a443c57f955ccfb7dc8be5f");
        byte[] salt = new byte[32];
        Arrays.fill(salt, (byte) 2);
        byte[] question = "\"Was kostet eine Baugenehmigung?\"".getBytes(StandardCharsets.UTF_8);
        assertThat(leaf.digests().get("question")).isEqualTo(Sha256.ofThread().of(salt, question));
    }

    private static Leaf read(String type, Map<String, String> fields) {
        return read(json(fields(type, fields), ""));
    }

    private static Map<String, String> fields(String type, Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(Map.of(
                "v", "1",
                "type", "\"" + type + "\"",
                "time", "\"2026-11-22T06:00:00.123456Z\"",
                "number", "17",
                "actor", "\"AAECAwQFBgcICQoLDA0ODw\"",
                "origin", "\"log.invalid\"",
                "digests", "{}"));
        all.putAll(more);
        return all;
    }

    private static String json(Map<String, String> fields, String without) {
        return fields.entrySet().stream()
                .filter(field -> !field.getKey().equals(without))
                .map(field -> "\"" + field.getKey() + "\":" + field.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static Leaf read(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return Leaf.read(bytes, 0, bytes.length, "log.invalid", "leaf");
    }
}

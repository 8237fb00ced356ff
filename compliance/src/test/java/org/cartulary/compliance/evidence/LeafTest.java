package org.cartulary.compliance.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.keys.Pseudonyms;
import org.cartulary.compliance.tlog.MerkleHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeafTest {
    @TempDir
    private Path home;

    @Test
    void theWorkedExampleOfTheSchemaIsReproducedToTheByte() throws IOException {
        String page = Files.readString(Path.of("docs/leaf-schema.md"));
        Path key = home.resolve("keys/pseudonyms/2026.key");
        Files.createDirectories(key.getParent());
        Files.writeString(key, "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        String actor = Pseudonyms.open(home, "2026").of(Principal.CONSOLE);
        EntryDraft draft = LogFixture.draft(
                EntryType.ASKED,
                17,
                Map.of("act", "ask"),
                Map.of(
                        "collection",
                        "0198a1b2-0000-7000-8000-000000000001",
                        "question",
                        "Was kostet eine Baugenehmigung?"));
        SortedMap<String, byte[]> salts = new TreeMap<>(Map.of("collection", salt(1), "question", salt(2)));
        Instant time = Instant.parse("2026-11-22T06:00:00.123456789Z");

        byte[] leaf = Leaf.encode(draft, time, actor, "cartulary.invalid/0011223344556677/2026", salts);
        assertThat(page).contains("\n" + new String(leaf, StandardCharsets.UTF_8) + "\n");
        assertThat(page).contains(", " + leaf.length + " bytes");
        assertThat(page).contains("`" + HexFormat.of().formatHex(MerkleHash.leaf(leaf)) + "`");
    }

    @Test
    void thePageListsTheClearFieldsOfEachType() throws IOException {
        String page = Files.readString(Path.of("docs/leaf-schema.md"));
        for (EntryType type : EntryType.values()) {
            String row = page.lines()
                    .filter(line ->
                            line.startsWith("|") && line.split("\\|", -1)[1].contains("`" + type.wireName() + "`"))
                    .findFirst()
                    .orElseThrow();
            LeafSchema.clearFields(type).forEach(field -> assertThat(row).contains("`" + field + "`"));
        }
    }

    private static byte[] salt(int value) {
        byte[] salt = new byte[32];
        Arrays.fill(salt, (byte) value);
        return salt;
    }
}

package org.cartulary.compliance.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipFile;
import org.cartulary.compliance.canonical.CanonicalJson;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.evidence.LogFixture;
import org.cartulary.compliance.evidence.Selection;
import org.cartulary.compliance.evidence.Wanted;
import org.cartulary.compliance.testing.PostgresExtension;
import org.cartulary.verifier.bundle.BundleVerifier;
import org.cartulary.verifier.note.TrustPolicy;
import org.cartulary.verifier.report.Report;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three questions of three entries, of which the second and third are interleaved: 0 1 2, 3 5 7, 4 6 8; then one that is not
 * ended, 9, and an act, 10.
 */
class BundleSelectionTest {
    private static final String DOCUMENT = "0198a1b2-0000-7000-8000-00000000000a";
    private static final String MODEL = "ab".repeat(32);

    private final Jdbi jdbi = PostgresExtension.database("compliance");

    @TempDir
    private Path home;

    @TempDir
    private Path desk;

    private LogFixture fixture;
    private Instant middle = Instant.EPOCH;
    private long second;

    @BeforeEach
    void open() {
        fixture = LogFixture.open(jdbi, home);
        long first = fixture.newNumber();
        asked(first, Map.of("question", "<b>Wer?</b>"));
        fixture.append(EntryType.RETRIEVED, first, Map.of(), Map.of());
        fixture.append(
                EntryType.ANSWERED,
                first,
                Map.of("model", MODEL),
                Map.of("answer", "<script>alert(1)</script>", "citations", List.of(Map.of("n", 1, "path", "a&b.pdf"))));
        middle = Clock.systemUTC().instant();
        second = fixture.newNumber();
        long third = fixture.newNumber();
        asked(second, Map.of("question", "Was?", "reference", "A 17/2026"));
        asked(third, Map.of("question", "Wo?"));
        fixture.append(EntryType.RETRIEVED, second, Map.of(), Map.of());
        fixture.append(EntryType.RETRIEVED, third, Map.of(), Map.of("hits", List.of(Map.of("document", DOCUMENT))));
        fixture.append(EntryType.ABSTAINED, second, Map.of("reason", "too-weak"), Map.of());
        fixture.append(EntryType.ANSWERED, third, Map.of(), Map.of("answer", "Hier."));
        asked(fixture.newNumber(), Map.of("question", "Wann?"));
        fixture.receipt(fixture.appendStarted());
    }

    private void asked(long number, Map<String, Object> sealed) {
        fixture.append(EntryType.ASKED, number, Map.of("act", "ask"), sealed);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void eachOptionDisclosesWhatItNamesAndTheBundleVerifies() throws IOException {
        assertThat(disclosed(Selection.ALL)).isEqualTo("0-10");
        assertThat(disclosed(Selection.range(2L, 5L))).isEqualTo("2-4");
        assertThat(disclosed(Selection.range(4L, 4L))).isEmpty();
        assertThat(disclosed(wanting(null, null, null, null, "A 17/2026", null)))
                .isEqualTo("3 5 7");
        assertThat(disclosed(wanting(null, null, null, DOCUMENT, null, null))).isEqualTo("4 6 8");
        assertThat(disclosed(wanting(null, null, null, null, null, MODEL))).isEqualTo("0-2");
        assertThat(disclosed(wanting(null, null, EntryType.ABSTAINED, null, null, null)))
                .isEqualTo("3 5 7");
        assertThat(disclosed(wanting(null, null, EntryType.ANSWERED, null, null, null)))
                .isEqualTo("0-2 4 6 8");
        assertThat(disclosed(wanting(null, middle, null, null, null, null))).isEqualTo("0-2");
        assertThat(disclosed(wanting(middle, null, null, null, null, null))).isEqualTo("3-10");
        assertThat(disclosed(new Selection(null, null, second, Selection.ALL.wanted())))
                .isEqualTo("3 5 7");
        assertThat(disclosed(new Selection(4L, null, null, wanted(EntryType.ANSWERED))))
                .isEqualTo("4 6 8");
        String actor = leaf(0).path("actor").asText();
        assertThat(disclosed(
                        new Selection(null, null, null, new Wanted(null, null, actor, null, null, null, null, false))))
                .isEqualTo("0-10");
        assertThat(disclosed(new Selection(
                        null, null, null, new Wanted(null, null, "nobody", null, null, null, null, false))))
                .isEmpty();
    }

    @Test
    void theManifestSaysWhatWasAskedForAndRecordsOfOthersAreNotInTheBundle() throws IOException {
        Path zip = export(wanting(null, null, null, null, "A 17/2026", null));
        JsonNode manifest = CanonicalJson.parse(bytes(zip, "manifest.json").orElseThrow());
        assertThat(manifest.path("selection").toString()).isEqualTo("{\"case\":\"A 17/2026\"}");
        assertThat(bytes(zip, "records/3.json")).isPresent();
        assertThat(bytes(zip, "records/4.json")).isEmpty();
        assertThat(bytes(zip, "receipts/4.tlog-proof")).isEmpty();
        assertThat(verified(zip).shows()).contains("3 of them disclosed", "--case \"A 17/2026\"");
    }

    @Test
    void followsVerifyMdForASelectionWhoseValuesLookLikeHashes() throws Exception {
        ForeignVerifier.assumeInstalled();
        fixture.log().recordCertificate(jdbi);
        Files.move(export(wanting(null, null, null, null, null, MODEL)), desk.resolve("bundle.zip"));
        Files.copy(home.resolve("log/manifest.pem"), desk.resolve("manifest.pem"));
        Files.copy(home.resolve("log/log.vkey"), desk.resolve("log.vkey"));
        ForeignVerifier verifier = new ForeignVerifier(desk);
        verifier.followGuide();
        assertThat(verifier.output()).contains("3 of them disclosed");
    }

    @Test
    void whatIsBeyondTheTreeOrNotWitnessedIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> export(Selection.range(0L, 12L)))
                .withMessageContaining("11 published");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BundleExporter(fixture.log(), Clock.systemUTC())
                        .export(desk.resolve("x.zip"), null, Selection.ALL, BundleExporter.End.WITNESSED))
                .withMessageContaining("quorum of witnesses");
    }

    @Test
    void aBundleOfAClosedShardVerifiesByItsKey() throws IOException {
        String name = fixture.log().shard().name();
        fixture.log().beginShard(Duration.ofSeconds(30));
        Path zip = desk.resolve("closed.zip");
        new BundleExporter(fixture.log(), Clock.systemUTC())
                .export(
                        zip,
                        name,
                        wanting(null, null, null, null, "A 17/2026", null),
                        BundleExporter.End.WITNESSED_WHERE_ENOUGH);
        String vkey = fixture.log().shards().getFirst().vkey();
        Report report = BundleVerifier.verify(zip, TrustPolicy.parse(vkey));
        assertThat(report.held()).as(report.toString()).isTrue();
        assertThat(report.shows()).contains("held at 12 entries", "--shard \"" + name + "\"");
        assertThat(new String(bytes(zip, "manifest.json").orElseThrow(), StandardCharsets.UTF_8))
                .contains("\"shard\":\"" + name + "\"");
    }

    @Test
    void aBundleOfAShardFromBeforeAChangeOfKeysVerifiesByBothKeysAndTheNewCertificate() throws Exception {
        ForeignVerifier.assumeInstalled();
        fixture.log().recordCertificate(jdbi);
        String name = fixture.log().shard().name();
        String old = fixture.log().vkey();
        String before = Files.readString(home.resolve("log/manifest.pem"));
        jdbi.useTransaction(fixture.log()::rotateKeys);
        fixture.log().beginShard(Duration.ofSeconds(30));
        fixture.receipt(fixture.appendStarted());
        assertThat(home.resolve("log/manifest.pem")).content().isNotEqualTo(before);

        new BundleExporter(fixture.log(), Clock.systemUTC())
                .export(desk.resolve("bundle.zip"), name, Selection.ALL, BundleExporter.End.WITNESSED_WHERE_ENOUGH);
        String both = old + "\n" + fixture.log().vkey() + "\n";
        assertThat(BundleVerifier.verify(desk.resolve("bundle.zip"), TrustPolicy.parse(both))
                        .held())
                .isTrue();
        assertThat(BundleVerifier.verify(desk.resolve("bundle.zip"), TrustPolicy.parse(old))
                        .held())
                .isFalse();
        Files.writeString(desk.resolve("log.vkey"), both);
        Files.copy(home.resolve("log/manifest.pem"), desk.resolve("manifest.pem"));
        new ForeignVerifier(desk).followGuide();
    }

    @Test
    void theReportEscapesWhatItShowsAndHasNothingActiveOrFromElsewhere() throws IOException {
        String html = new String(bytes(export(Selection.ALL), "report.html").orElseThrow(), StandardCharsets.UTF_8);
        assertThat(html)
                .contains(
                        "&lt;b&gt;Wer?&lt;/b&gt;", "&lt;script&gt;alert(1)&lt;/script&gt;", "[1] a&amp;b.pdf", "Hier.")
                .contains("not ended within this bundle")
                .doesNotContain("<script", "<b>", "http:", "https:", "src=", "href=", "@import", "url(");
    }

    @Test
    void theTableHasARowForEachEntryAndIsSafeInASpreadsheet() throws IOException {
        String csv = new String(bytes(export(Selection.ALL), "entries.csv").orElseThrow(), StandardCharsets.UTF_8);
        assertThat(csv).endsWith("\r\n");
        List<String> lines = csv.lines().toList();
        assertThat(lines).hasSize(12);
        assertThat(lines.getFirst())
                .isEqualTo(
                        "index,time,type,number,actor,outcome,act,reason,hits,model,generation,policyVersion,document,"
                                + "collection");
        assertThat(lines.get(8)).startsWith("7,").contains(",abstained,").contains(",abstained,,too-weak,");
        assertThat(EntryTable.cell("=1+1")).isEqualTo("'=1+1");
        assertThat(EntryTable.cell("-cmd|'/c calc'!A0")).isEqualTo("'-cmd|'/c calc'!A0");
        assertThat(EntryTable.cell("@x")).isEqualTo("'@x");
        assertThat(EntryTable.cell("\tx")).isEqualTo("'\tx");
        assertThat(EntryTable.cell("a,\"b\"\n")).isEqualTo("\"a,\"\"b\"\"\n\"");
        assertThat(EntryTable.cell("2026-11-23")).isEqualTo("2026-11-23");
    }

    @Test
    void policyAndKnownModelsAreInTheBundle() throws IOException {
        Path zip = desk.resolve("extras.zip");
        byte[] manifest = "{\"name\":\"small\"}\n".getBytes(StandardCharsets.UTF_8);
        BundleExtras extras = new BundleExtras(
                "quorum none\n", sha256 -> sha256.equals(MODEL) ? Optional.of(manifest) : Optional.empty());
        new BundleExporter(fixture.log(), Clock.systemUTC(), extras)
                .export(zip, null, Selection.ALL, BundleExporter.End.WITNESSED_WHERE_ENOUGH);
        assertThat(bytes(zip, "models/" + MODEL + ".json").orElseThrow()).isEqualTo(manifest);
        assertThat(bytes(zip, "policy.txt").orElseThrow()).asString().isEqualTo("quorum none\n");
        verified(zip);
    }

    private static Selection wanting(
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable EntryType outcome,
            @Nullable String document,
            @Nullable String reference,
            @Nullable String model) {
        return new Selection(null, null, null, new Wanted(from, to, null, outcome, document, reference, model, false));
    }

    private static Wanted wanted(EntryType outcome) {
        return new Wanted(null, null, null, outcome, null, null, null, false);
    }

    private JsonNode leaf(long index) throws IOException {
        return CanonicalJson.parse(fixture.log().published().leaf(index));
    }

    private Path export(Selection selection) {
        Path zip = desk.resolve("selected.zip");
        new BundleExporter(fixture.log(), Clock.systemUTC())
                .export(zip, null, selection, BundleExporter.End.WITNESSED_WHERE_ENOUGH);
        return zip;
    }

    private String disclosed(Selection selection) throws IOException {
        Path zip = export(selection);
        verified(zip);
        return CanonicalJson.parse(bytes(zip, "manifest.json").orElseThrow())
                .path("disclosed")
                .asText();
    }

    private Report verified(Path zip) throws IOException {
        Report report =
                BundleVerifier.verify(zip, TrustPolicy.parse(fixture.log().vkey()));
        assertThat(report.held()).as(report.toString()).isTrue();
        return report;
    }

    private static Optional<byte[]> bytes(Path zip, String name) throws IOException {
        try (ZipFile file = new ZipFile(zip.toFile())) {
            var entry = file.getEntry(name);
            return entry == null
                    ? Optional.empty()
                    : Optional.of(file.getInputStream(entry).readAllBytes());
        }
    }
}

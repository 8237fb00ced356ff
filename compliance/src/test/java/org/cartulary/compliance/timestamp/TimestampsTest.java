package org.cartulary.compliance.timestamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.zip.ZipFile;
import org.cartulary.compliance.bundle.BundleExporter;
import org.cartulary.compliance.evidence.LogFixture;
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

/** The log and OpenSSL's time-stamping authority. */
class TimestampsTest {
    private final Jdbi jdbi = PostgresExtension.database("compliance");

    @TempDir
    private Path home;

    @TempDir
    private Path desk;

    private LogFixture fixture;
    private OpensslAuthority authority;

    @BeforeEach
    void open() throws IOException {
        fixture = LogFixture.open(jdbi, home);
        authority = new OpensslAuthority(desk);
        entries(5);
    }

    @AfterEach
    void close() {
        authority.close();
        fixture.close();
    }

    @Test
    void anAuthorityWithAnAddressStampsWhatIsNewAndOnlyThat() throws IOException {
        try (Timestamps timestamps = timestamps(authority.serve())) {
            timestamps.ask();
            timestamps.ask();
            assertThat(authority.requests()).isEqualTo(1);
            entries(3);
            timestamps.ask();
            assertThat(authority.requests()).isEqualTo(2);
            Timestamps.Status status = timestamps.status();
            assertThat(status.trouble()).isNull();
            assertThat(status.stamps()).isEqualTo(2);
            assertThat(status.last()).map(Stamp::size).hasValue(8L);
            assertThat(status.since()).hasValueSatisfying(age -> assertThat(age).isLessThan(Duration.ofMinutes(5)));
            assertThat(timestamps.newest(10)).extracting(Stamp::size).containsExactly(8L, 5L);
        }
    }

    @Test
    void theTokenOfAnEntryIsThatOfTheFirstStampedCheckpointWithIt() throws IOException {
        try (Timestamps timestamps = timestamps(authority.serve())) {
            timestamps.ask();
            entries(3);
            timestamps.ask();
            assertThat(timestamps.covering(1, 0)).map(Stamp::size).hasValue(5L);
            assertThat(timestamps.covering(1, 4)).map(Stamp::size).hasValue(5L);
            assertThat(timestamps.covering(1, 5)).map(Stamp::size).hasValue(8L);
            assertThat(timestamps.covering(1, 8)).isEmpty();
            Stamp stamp = timestamps.covering(1, 0).orElseThrow();
            Files.writeString(
                    desk.resolve("text"),
                    fixture.log()
                            .checkpoint(fixture.log().shard().origin(), 5)
                            .orElseThrow()
                            .text());
            Files.write(desk.resolve("token"), stamp.token());
            assertThat(authority.openssl(List.of(
                            "ts", "-verify", "-data", "text", "-in", "token", "-token_in", "-CAfile", "ca.pem")))
                    .contains("Verification: OK");
        }
    }

    @Test
    void aBundleCarriesTheTokenOverItsCheckpoint() throws IOException {
        Path zip = desk.resolve("bundle.zip");
        try (Timestamps timestamps = timestamps(authority.serve())) {
            timestamps.ask();
        }
        new BundleExporter(fixture.log(), Clock.systemUTC()).export(zip, 0, 5);
        Report report =
                BundleVerifier.verify(zip, TrustPolicy.parse(fixture.log().vkey()));
        assertThat(report.held()).as(report.toString()).isTrue();
        try (ZipFile file = new ZipFile(zip.toFile())) {
            byte[] checkpoint =
                    file.getInputStream(file.getEntry("log/checkpoint")).readAllBytes();
            String text = new String(checkpoint, StandardCharsets.UTF_8);
            Files.writeString(desk.resolve("text"), text.substring(0, text.indexOf("\n\n") + 1));
            Files.write(
                    desk.resolve("token"),
                    file.getInputStream(file.getEntry("log/checkpoint.tst")).readAllBytes());
        }
        assertThat(authority.openssl(
                        List.of("ts", "-verify", "-data", "text", "-in", "token", "-token_in", "-CAfile", "ca.pem")))
                .contains("Verification: OK");
    }

    @Test
    void anAuthorityWithoutANetworkAnswersAFileThatIsCarried() throws IOException {
        try (Timestamps timestamps = timestamps(null)) {
            Timestamps.Query query = timestamps.query();
            assertThat(query.size()).isEqualTo(5);
            assertThat(timestamps.query().der()).isEqualTo(query.der());
            byte[] answer = authority.reply(query.der());
            entries(3); // meanwhile the log goes on
            assertThat(timestamps.accept(answer).size()).isEqualTo(5);
            assertThat(timestamps.status().last()).map(Stamp::size).hasValue(5L);
            refuses(timestamps, answer, "none of the last 100 questions");
            timestamps.ask();
            assertThat(timestamps.status().trouble()).isNull();
        }
    }

    @Test
    void takesNoCarriedAnswerToAnotherQuestionOrByAnotherAuthority(@TempDir Path elsewhere) throws IOException {
        try (Timestamps timestamps = timestamps(null);
                OpensslAuthority foreign = new OpensslAuthority(elsewhere)) {
            Timestamps.Query query = timestamps.query();
            StampQuery again = StampQuery.about(
                    1,
                    fixture.log()
                            .checkpoint(fixture.log().shard().origin(), query.size())
                            .orElseThrow());
            refuses(timestamps, authority.reply(again.der()), "nonce");
            refuses(timestamps, foreign.reply(query.der()), "whom no authority");
            refuses(timestamps, authority.refusal(query.der()), "grants nothing");
            refuses(timestamps, new byte[] {1, 2, 3}, "TimeStampResp (RFC 3161)");
            assertThat(timestamps.status().last()).isEmpty();
        }
    }

    @Test
    void saysWhyAnAuthorityDoesNotStampAndGoesOn() throws IOException {
        try (Timestamps timestamps = timestamps(authority.serve())) {
            troubles(timestamps, query -> new byte[StampVerifier.MAX_BYTES + 1], "more than 65536 bytes");
            troubles(timestamps, authority::refusal, "grants nothing");
            StampQuery other = StampQuery.about(
                    1,
                    fixture.log().checkpoint(fixture.log().shard().origin(), 5).orElseThrow());
            troubles(timestamps, query -> authority.reply(other.der()), "nonce");
            fixture.log().requireWritable();
            authority.answer(authority::reply);
            timestamps.ask();
            assertThat(timestamps.status().trouble()).isNull();
            assertThat(timestamps.status().stamps()).isEqualTo(1);
        }
    }

    @Test
    void asksNobodyWithoutAnAuthority() {
        try (Timestamps none = new Timestamps(jdbi, fixture.log(), null, Clock.systemUTC(), Duration.ofHours(1))) {
            none.start();
            none.ask();
            assertThat(none.status().authority()).isFalse();
            assertThat(none.status().last()).isEmpty();
            assertThatIllegalStateException()
                    .isThrownBy(none::query)
                    .withMessageContaining("cartulary.evidence.timestamp-certificate");
        }
    }

    private void troubles(Timestamps timestamps, java.util.function.UnaryOperator<byte[]> answer, String because) {
        authority.answer(answer);
        timestamps.ask();
        assertThat(timestamps.status().trouble()).contains(because);
        assertThat(timestamps.status().last()).isEmpty();
    }

    private static void refuses(Timestamps timestamps, byte[] answer, String because) {
        assertThatExceptionOfType(StampRefused.class)
                .isThrownBy(() -> timestamps.accept(answer))
                .withMessageContaining(because);
    }

    private Timestamps timestamps(@Nullable URI url) throws IOException {
        return new Timestamps(
                jdbi,
                fixture.log(),
                new Timestamps.Source(url, authority.trusted()),
                Clock.systemUTC(),
                Duration.ofHours(1));
    }

    private void entries(int count) {
        for (int i = 0; i < count; i++) {
            fixture.receipt(fixture.appendStarted());
        }
    }
}

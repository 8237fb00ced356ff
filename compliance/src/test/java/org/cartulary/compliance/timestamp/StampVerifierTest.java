package org.cartulary.compliance.timestamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.cartulary.compliance.tlog.Checkpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers of OpenSSL's authority, and of some that are none. */
class StampVerifierTest {
    private static final Checkpoint CHECKPOINT = new Checkpoint("cartulary.invalid/0/2026", 12, new byte[32]);

    @TempDir
    private Path desk;

    @TempDir
    private Path elsewhere;

    private OpensslAuthority authority;
    private StampVerifier verifier;
    private StampQuery query;

    @BeforeEach
    void open() throws IOException {
        authority = new OpensslAuthority(desk);
        verifier = new StampVerifier(authority.trusted());
        query = StampQuery.about(1, CHECKPOINT);
    }

    @AfterEach
    void close() {
        authority.close();
    }

    @Test
    void takesAnAnswerThatOpensslVerifiesToo() throws IOException {
        byte[] answer = authority.reply(query.der());
        Stamp stamp = verifier.verified(query, answer);
        assertThat(stamp.size()).isEqualTo(12);
        assertThat(stamp.time())
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));

        Files.writeString(desk.resolve("text"), CHECKPOINT.text());
        Files.write(desk.resolve("token"), stamp.token());
        assertThat(authority.openssl(
                        List.of("ts", "-verify", "-data", "text", "-in", "token", "-token_in", "-CAfile", "ca.pem")))
                .contains("Verification: OK");
        Files.write(desk.resolve("query"), query.der());
        assertThat(authority.openssl(List.of("ts", "-query", "-in", "query", "-text")))
                .contains("Hash Algorithm: sha256", "Certificate required: yes", "Nonce: 0x");
    }

    @Test
    void refusesTheAnswerToAnotherQuestion() {
        StampQuery again = StampQuery.about(1, CHECKPOINT);
        refuses(authority.reply(again.der()), "nonce");
        Checkpoint other = new Checkpoint("cartulary.invalid/0/2026", 13, new byte[32]);
        TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
        generator.setCertReq(true);
        byte[] sameNonce =
                der(generator, StampQuery.about(1, other), query.request().getNonce());
        refuses(authority.reply(sameNonce), "message imprint");
    }

    private static byte[] der(TimeStampRequestGenerator generator, StampQuery about, java.math.BigInteger nonce) {
        try {
            return generator
                    .generate(TSPAlgorithms.SHA256, about.request().getMessageImprintDigest(), nonce)
                    .getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void refusesARejectionAndSaysWhatTheAuthoritySaid() {
        refuses(authority.refusal(query.der()), "grants nothing: status 2");
    }

    @Test
    void refusesACertificateThatIsNotForTimeStamping() throws Exception {
        refuses(ForgedAnswer.by(authority, "stamper", query), null);
        refuses(ForgedAnswer.by(authority, "plain", query), "ExtendedKeyUsage");
    }

    @Test
    void refusesWhomAForeignAuthorityCertified() throws IOException {
        try (OpensslAuthority foreign = new OpensslAuthority(elsewhere)) {
            byte[] answer = foreign.reply(query.der());
            assertThat(new StampVerifier(foreign.trusted())
                            .verified(query, answer)
                            .size())
                    .isEqualTo(12);
            refuses(answer, "whom no authority of cartulary.evidence.timestamp-certificate certified");
        }
    }

    @Test
    void refusesWhatIsTooLongOrNoAnswerAtAll() {
        refuses(new byte[StampVerifier.MAX_BYTES + 1], "longer than 65536");
        refuses(new byte[0], "TimeStampResp (RFC 3161)");
        refuses("<html>not found</html>".getBytes(StandardCharsets.UTF_8), "TimeStampResp (RFC 3161)");
        refuses(query.der(), "TimeStampResp (RFC 3161)");
    }

    @Test
    void refusesEveryAnswerOfWhichAByteWasChanged() {
        byte[] answer = authority.reply(query.der());
        Stamp stamp = verifier.verified(query, answer);
        for (int position = 0; position < answer.length; position++) {
            byte[] changed = answer.clone();
            changed[position] ^= 1;
            int at = position;
            try {
                Stamp other = verifier.verified(query, changed);
                // What nothing signs, such as the text beside a status, may differ; what is kept of it says the same.
                assertThat(other.time()).as("byte %d", at).isEqualTo(stamp.time());
            } catch (StampRefused e) {
                assertThat(e).hasMessageNotContaining("null");
            }
        }
    }

    @Test
    void readsCertificatesOfAuthoritiesOnly() throws IOException {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrustedAuthority.read("hello".getBytes(StandardCharsets.UTF_8)))
                .withMessageContaining("X.509");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrustedAuthority.read(new byte[0]))
                .withMessageContaining("X.509");
        byte[] stamper = Files.readAllBytes(authority.file("stamper.pem"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrustedAuthority.read(stamper))
                .withMessageContaining("CN=stamper is none of a certification authority");
    }

    /** @param because null where it is to be taken */
    private void refuses(byte[] answer, @org.jspecify.annotations.Nullable String because) {
        if (because == null) {
            assertThat(verifier.verified(query, answer).size()).isEqualTo(12);
            return;
        }
        assertThatExceptionOfType(StampRefused.class)
                .isThrownBy(() -> verifier.verified(query, answer))
                .withMessageContaining(because);
    }
}

package org.cartulary.verifier.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.cartulary.verifier.report.CheckFailed;
import org.cartulary.verifier.testing.Golden;
import org.cartulary.verifier.testing.NoteSigner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedNoteTest {
    private static final String TEXT = "a text\n\nwith an empty line\n";
    private static final NoteSigner LOG = NoteSigner.golden("log");
    private static final NoteSigner WITNESS = NoteSigner.golden("witness");
    private static final NoteSigner OTHER = NoteSigner.golden("other");

    @Test
    void acceptsTheExampleOfTheSpecification() {
        String note = """
                This is an example message.

                — example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
                """;
        VerifierKey key = VerifierKey.parse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
        assertThat(parse(note).verifiedBy(List.of(key), "note")).containsExactly(new SignedNote.Verified(key, 0));
    }

    @Test
    void splitsAtTheLastEmptyLine() {
        assertThat(new String(parse(LOG.sign(TEXT)).text(), StandardCharsets.UTF_8))
                .isEqualTo(TEXT);
    }

    @Test
    void acceptsAKnownKeyAmongUnknownOnes() {
        String note = LOG.sign(TEXT) + WITNESS.line(bytes(TEXT)) + OTHER.line(bytes(TEXT));
        assertThat(verify(note)).hasSize(1);
        String unknownFirst = TEXT + "\n" + WITNESS.line(bytes("another text\n")) + LOG.line(bytes(TEXT));
        assertThat(verify(unknownFirst)).hasSize(1);
    }

    @Test
    void acceptsTheSameSignatureTwice() {
        assertThat(verify(LOG.sign(TEXT) + LOG.line(bytes(TEXT)))).isNotEmpty();
    }

    @Test
    void rejectsANoteInWhichAKnownKeysSecondSignatureIsWrong() {
        assertThatThrownBy(() -> verify(LOG.sign(TEXT) + LOG.line(bytes("another text\n"))))
                .isInstanceOf(CheckFailed.class)
                .hasMessageContaining("a valid signature by " + Golden.ORIGIN + "+9a85fa99, found one that does not");
    }

    @Test
    void rejectsANoteThatNoKnownKeySigned() {
        assertThatThrownBy(() -> verify(WITNESS.sign(TEXT)))
                .hasMessageContaining("found signatures by witness.invalid/w1+511974ed");
        assertThatThrownBy(() -> verify(OTHER.sign(TEXT))).hasMessageContaining("+6b3b93ab");
    }

    @Test
    void rejectsAKnownSignatureUnderAWrongKeyIdOrName() {
        String line = LOG.line(bytes(TEXT));
        String blob = line.substring(line.lastIndexOf(' ') + 1).strip();
        byte[] raw = Base64.getDecoder().decode(blob);
        raw[0] ^= 1;
        String otherId = line.replace(blob, Base64.getEncoder().encodeToString(raw));
        assertThatThrownBy(() -> verify(TEXT + "\n" + otherId)).hasMessageContaining("expected a signature by");
        assertThatThrownBy(() -> verify(TEXT + "\n" + line.replace("cartulary", "Cartulary")))
                .hasMessageContaining("expected a signature by");
    }

    @Test
    void rejectsATextThatWasChanged() {
        assertThatThrownBy(() -> verify(LOG.sign(TEXT).replace("a text", "a test")))
                .hasMessageContaining("one that does not verify");
    }

    @Test
    void rejectsASignatureWithASurplusOrMissingByte() {
        String line = LOG.line(bytes(TEXT));
        String blob = line.substring(line.lastIndexOf(' ') + 1).strip();
        byte[] raw = Base64.getDecoder().decode(blob);
        for (int length : new int[] {5, 67, 69}) {
            String cut = Base64.getEncoder().encodeToString(Arrays.copyOf(raw, length));
            assertThatThrownBy(() -> verify(TEXT + "\n" + line.replace(blob, cut)))
                    .isInstanceOf(CheckFailed.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "\n\n",
                "text\n",
                "text\n\n",
                "text\n\n— name\n",
                "text\n\n— name \n",
                "text\n\n- name AAAAAAA=\n",
                "text\n\n—name AAAAAAA=\n",
                "text\n\n—  AAAAAAA=\n",
                "text\n\n— na+me AAAAAAA=\n",
                "text\n\n— na\u00a0me AAAAAAA=\n",
                "text\n\n— name AAAAAAA\n",
                "text\n\n— name AAAAAAB=\n",
                "text\n\n— name AAAAAA==\n",
                "text\n\n— name AAAA AAA=\n",
                "text\n\n— name AAAAAAA= \n",
                "text\n\n— name AAAAAAA=",
                "text\n\n— name AAAAAAA=\nrest\n",
                "te\txt\n\n— name AAAAAAA=\n",
                "text\r\n\r\n— name AAAAAAA=\n"
            })
    void rejectsWhatIsNoNote(String note) {
        assertThatThrownBy(() -> parse(note).verifiedBy(Golden.keys("log"), "note"))
                .isInstanceOf(CheckFailed.class);
    }

    @Test
    void rejectsBytesThatAreNotUtf8() {
        byte[] note = bytes(LOG.sign(TEXT));
        note[0] = (byte) 0xff;
        assertThatThrownBy(() -> SignedNote.parse(note, "note")).hasMessageContaining("UTF-8");
    }

    @Test
    void boundsTheNumberOfSignatures() {
        String line = WITNESS.line(bytes(TEXT));
        assertThat(parse(TEXT + "\n" + line.repeat(SignedNote.MAX_SIGNATURES)).signatures())
                .hasSize(SignedNote.MAX_SIGNATURES);
        assertThatThrownBy(() -> parse(TEXT + "\n" + line.repeat(SignedNote.MAX_SIGNATURES + 1)))
                .hasMessageContaining("at most 100 signatures");
    }

    private static SignedNote parse(String note) {
        return SignedNote.parse(bytes(note), "note");
    }

    private static List<VerifierKey> verify(String note) {
        return parse(note).verifiedBy(Golden.keys("log"), "note").stream()
                .map(SignedNote.Verified::key)
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

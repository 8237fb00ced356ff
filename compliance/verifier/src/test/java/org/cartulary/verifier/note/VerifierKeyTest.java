package org.cartulary.verifier.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.cartulary.verifier.testing.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerifierKeyTest {
    private static final String FOO = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

    @Test
    void readsKeysAmongCommentsAndEmptyLines() {
        String file = "# the log of the trust\n\n" + Golden.text("log.vkey") + "\r\n# another\n" + FOO;
        assertThat(VerifierKey.parseAll(file))
                .extracting(VerifierKey::shown)
                .containsExactly(Golden.ORIGIN + "+9a85fa99", "example.com/foo+530d903a");
    }

    @Test
    void refusesAPrivateKeyAndSaysWhichOneToGive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VerifierKey.parseAll(Golden.text("log.skey")))
                .withMessageContaining("private signing key");
    }

    @Test
    void refusesAKeyWhoseIdIsNotItsOwn() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VerifierKey.parse(FOO.replace("530d", "530e")))
                .withMessageContaining("states the id 530e903a, but name and key have the id 530d903a");
    }

    @Test
    void refusesThirtyTwoBytesThatAreNoPointOfTheCurve() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        VerifierKey.parse("example.com/foo+ba467ab2+AQIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"))
                .withMessageContaining("not a public key of Ed25519");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# only a comment",
                "example.com/foo",
                "example.com/foo+530d903a",
                "+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903a+BOkyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U",
                "example.com/foo+530d903a+*"
            })
    void refusesWhatIsNoEd25519Key(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> VerifierKey.parseAll(text));
    }
}

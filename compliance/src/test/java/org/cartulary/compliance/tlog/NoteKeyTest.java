package org.cartulary.compliance.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Clock;
import org.cartulary.compliance.keys.DataKeys;
import org.cartulary.compliance.keys.LogKey;
import org.cartulary.compliance.keys.LogKeys;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoteKeyTest {
    private static final String TEXT = """
            cartulary.invalid/0011223344556677/2026
            0
            47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=
            """;

    @TempDir
    private Path home;

    private NoteKey key;

    @BeforeEach
    void make() {
        key = new NoteKey("cartulary.invalid/0011223344556677/2026", logKey());
    }

    private LogKey logKey() {
        try (DataKeys keys = DataKeys.open(home)) {
            return LogKeys.openOrMake(home, keys, Clock.systemUTC()).checkpoints();
        }
    }

    @Test
    void aNoteOpensToItsText() {
        assertThat(NoteVerifier.parse(key.vkey()).open(key.sign(TEXT))).isEqualTo(TEXT);
    }

    @Test
    void theExampleOfTheSpecificationOpens() {
        String note = """
                This is an example message.

                — example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
                """;
        NoteVerifier key = NoteVerifier.parse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
        assertThat(key.open(note)).isEqualTo("This is an example message.\n");
    }

    @Test
    void theKeyIsTheSameAfterARestart() {
        assertThat(new NoteKey(key.name(), logKey()).vkey()).isEqualTo(key.vkey());
    }

    @Test
    void anAlteredTextIsRefused() {
        String altered = key.sign(TEXT).replaceFirst("\n0\n", "\n1\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NoteVerifier.parse(key.vkey()).open(altered));
    }

    @Test
    void aSignatureUnderAnotherNameIsRefused() {
        NoteKey other = new NoteKey("cartulary.invalid/other/2026", logKey());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NoteVerifier.parse(key.vkey()).open(other.sign(TEXT)));
    }

    @Test
    void aCheckpointIsReadBackAsItWasWritten() {
        Checkpoint checkpoint = new Checkpoint(key.name(), 0, MerkleHash.emptyRoot());
        assertThat(checkpoint.text()).isEqualTo(TEXT);
        assertThat(Checkpoint.parse(TEXT)).isEqualTo(checkpoint);
    }
}

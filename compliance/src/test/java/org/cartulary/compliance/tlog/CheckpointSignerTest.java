package org.cartulary.compliance.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.cartulary.compliance.keys.DataKeys;
import org.cartulary.compliance.keys.LogKeys;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointSignerTest {
    private static final String ORIGIN = "cartulary.invalid/0011223344556677/2026";
    private static final Instant TIME = Instant.parse("2026-11-23T09:00:00.123456Z");
    private static final Checkpoint CHECKPOINT = new Checkpoint(ORIGIN, 0, MerkleHash.emptyRoot());

    @TempDir
    private Path home;

    private CheckpointSigner signer;

    @BeforeEach
    void make() {
        try (DataKeys keys = DataKeys.open(home)) {
            signer = new CheckpointSigner(ORIGIN, LogKeys.openOrMake(home, keys, Clock.systemUTC()));
        }
    }

    @Test
    void aNoteHasTheEd25519LineFirstAndThenTheMlDsaLineWithTheTimeOfSigning() {
        String note = signer.note(CHECKPOINT, TIME);
        assertThat(note).startsWith(signer.key().sign(CHECKPOINT.text()));
        assertThat(NoteVerifier.parse(signer.key().vkey()).open(note)).isEqualTo(CHECKPOINT.text());

        List<String> lines = note.lines().toList();
        assertThat(lines).hasSize(6);
        CosignerKey cosigner = CosignerKey.parse(signer.cosigner().vkey());
        assertThat(cosigner).isEqualTo(signer.cosigner());
        assertThat(cosigner.verified(CHECKPOINT, lines.get(4))).isEmpty();
        assertThat(cosigner.verified(CHECKPOINT, lines.get(5))).hasValue(Instant.parse("2026-11-23T09:00:00Z"));
    }

    @Test
    void theCosignatureIsOfThisTreeAlone() {
        String line = signer.note(CHECKPOINT, TIME).lines().toList().get(5);
        Checkpoint grown = new Checkpoint(ORIGIN, 1, MerkleHash.emptyRoot());
        Checkpoint renamed = new Checkpoint(ORIGIN + "x", 0, MerkleHash.emptyRoot());
        assertThat(signer.cosigner().verified(grown, line)).isEmpty();
        assertThat(signer.cosigner().verified(renamed, line)).isEmpty();
    }

    @Test
    void aCheckpointOfAnotherLogIsNotSigned() {
        Checkpoint foreign = new Checkpoint("cartulary.invalid/other/2026", 0, MerkleHash.emptyRoot());
        assertThatIllegalArgumentException().isThrownBy(() -> signer.note(foreign, TIME));
    }
}

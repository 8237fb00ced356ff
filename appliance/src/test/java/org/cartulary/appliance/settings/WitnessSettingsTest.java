package org.cartulary.appliance.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.cartulary.compliance.witness.WitnessPolicy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitnessSettingsTest {
    @TempDir
    private Path home;

    @Test
    void namesNoWitnessWhereNoPolicyIsSet() {
        assertThat(naming(null).read(home)).isEqualTo(WitnessPolicy.NONE);
    }

    @Test
    void namesTheSettingAndTheFileThatIsMissing() {
        assertThatExceptionOfType(SettingRefused.class)
                .isThrownBy(() -> naming("witnesses.policy").read(home))
                .withMessageContaining("cartulary.evidence.witness-policy")
                .withMessageContaining(home.resolve("witnesses.policy").toString())
                .withMessageContaining("or leave the setting out");
    }

    @Test
    void namesTheLineThatIsNoPolicy() throws IOException {
        Files.writeString(home.resolve("witnesses.policy"), "# ours\nwitness\n");

        assertThatExceptionOfType(SettingRefused.class)
                .isThrownBy(() -> naming("witnesses.policy").read(home))
                .withMessageContaining("2");
    }

    @Test
    void readsNoPolicyWithoutAnEnd() throws IOException {
        Files.writeString(home.resolve("witnesses.policy"), "#".repeat((1 << 20) + 1));

        assertThatExceptionOfType(SettingRefused.class)
                .isThrownBy(() -> naming("witnesses.policy").read(home))
                .withMessageContaining("1048576");
    }

    private static WitnessSettings naming(@Nullable String policy) {
        return new WitnessSettings(policy, Duration.ofMinutes(10), Duration.ofHours(24));
    }
}

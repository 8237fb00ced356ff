package org.cartulary.compliance.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterKeyTest {
    private static final String KEY = "0123456789abcdef".repeat(4);

    @TempDir
    private Path home;

    @TempDir
    private Path credentials;

    private Map<String, String> environment;
    private Path file;
    private Path credential;

    @BeforeEach
    void names() {
        environment = Map.of("CREDENTIALS_DIRECTORY", credentials.toString());
        file = home.resolve("keys/master.key");
        credential = credentials.resolve("cartulary-master-key");
    }

    /** As systemd leaves it: readable by root, and by the service's user through an access list that shows as the group's. */
    private void give(String text) throws IOException {
        Files.writeString(credential, text);
        Files.setPosixFilePermissions(credential, PosixFilePermissions.fromString("r--r-----"));
    }

    private long take(Map<String, String> variables) {
        try (DataKeys keys = DataKeys.open(home, variables)) {
            return keys.take().id();
        }
    }

    private void assertRefused(Map<String, String> variables, String... message) {
        assertThatExceptionOfType(KeyUnusable.class)
                .isThrownBy(() -> take(variables))
                .withMessageContainingAll(message);
    }

    @Test
    void aCredentialIsUsedAndComesToLieNowhereElse() throws IOException {
        give(KEY + "\n");
        long id = take(environment);
        assertThat(file).doesNotExist();
        try (DataKeys keys = DataKeys.open(home, environment)) {
            assertThat(keys.find(id)).isPresent();
            assertThat(keys.master().bytes()).isEqualTo(HexFormat.of().parseHex(KEY));
        }
    }

    @Test
    void aHomeThatIsGuardedByACredentialDoesNotStartWithoutIt() throws IOException {
        give(KEY);
        take(environment);
        assertRefused(Map.of(), "master.key is missing", "systemd credential cartulary-master-key", "escrow combine");
        assertThat(file).doesNotExist();
    }

    @Test
    void aCredentialThatIsTheFileOverAgainIsNoHindrance() throws IOException {
        take(Map.of());
        give(Files.readString(file).strip());
        assertThat(take(environment)).isPositive();
        Files.delete(file);
        assertThat(take(environment)).isPositive();
    }

    @Test
    void aCredentialThatDiffersFromTheFileIsRefusedAndBothAreNamed() throws IOException {
        take(Map.of());
        give(KEY);
        assertRefused(environment, credential.toString(), file.toString(), "different master keys");
        Files.delete(file);
        assertRefused(environment, "does not open the keys");
    }

    @Test
    void aCredentialThatIsNoKeyIsNamed() throws IOException {
        give("0123");
        assertRefused(environment, credential.toString());
        Files.delete(credential);
        give("not hexadecimal");
        assertRefused(environment, credential + " is not a line of 64 hexadecimal digits");
    }

    @Test
    void credentialsWithoutThisOneLeaveTheFileInPlace() {
        assertThat(take(environment)).isZero();
        assertThat(file).exists();
        assertThat(take(Map.of("CREDENTIALS_DIRECTORY", ""))).isPositive();
    }
}

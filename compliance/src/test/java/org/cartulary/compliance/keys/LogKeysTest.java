package org.cartulary.compliance.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.cartulary.compliance.testing.ForeignTool;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogKeysTest {
    private static final byte[] MESSAGE = "a message".getBytes(US_ASCII);

    @TempDir
    private Path home;

    private Path directory;
    private Path file;

    @BeforeEach
    void names() {
        directory = home.resolve("keys");
        file = directory.resolve("log.p12");
    }

    private LogKeys openOrMake() {
        try (DataKeys keys = DataKeys.open(home)) {
            return LogKeys.openOrMake(home, keys, Clock.systemUTC());
        }
    }

    private LogKeys open() {
        try (DataKeys keys = DataKeys.open(home)) {
            return LogKeys.open(home, keys, Clock.systemUTC());
        }
    }

    private void assertRefused(String message) {
        assertThatExceptionOfType(KeyUnusable.class)
                .isThrownBy(this::openOrMake)
                .withMessageContaining(message);
    }

    @Test
    void theThreeKeysAreTheSameAfterARestart() throws IOException {
        LogKeys made = openOrMake();
        byte[] bytes = Files.readAllBytes(file);
        LogKeys opened = open();
        assertThat(opened.checkpoints().publicKey())
                .isEqualTo(made.checkpoints().publicKey());
        assertThat(opened.cosigning().publicKey())
                .isEqualTo(made.cosigning().publicKey())
                .hasSize(1312);
        assertThat(opened.manifests().certificate()).isEqualTo(made.manifests().certificate());
        assertThat(opened.checkpoints().signed(MESSAGE, made.checkpoints().sign(MESSAGE)))
                .isTrue();
        assertThat(Files.readAllBytes(file)).as("the file is written once").isEqualTo(bytes);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void opensslDerivesThePasswordAndReadsTheKeysThatItKnows() throws Exception {
        ForeignTool.assumeInstalled("openssl");
        LogKeys made = openOrMake();
        ForeignTool.Result read = ForeignTool.shell(directory, """
                set -u
                password=$(openssl kdf -keylen 32 -kdfopt digest:SHA2-256 -kdfopt hexkey:$(cat master.key) \\
                    -kdfopt info:'cartulary/v1 log.p12' -binary HKDF | od -An -v -tx1 | tr -d ' \\n')
                openssl pkcs12 -in log.p12 -passin pass:$password -info -nodes -nocerts > keys.pem 2> info.txt
                openssl pkcs12 -in log.p12 -passin pass:$password -nokeys -out certificates.pem
                sed -n '/friendlyName: manifest/,/END/p' keys.pem | sed -n '/BEGIN/,/END/p' > manifest.pem
                sed -n '/friendlyName: checkpoint/,/END/p' keys.pem | sed -n '/BEGIN/,/END/p' > checkpoint.pem
                openssl pkey -in manifest.pem -text -noout | grep -o 'prime256v1'
                openssl pkey -in manifest.pem -pubout -outform DER | base64 -w 0; echo
                openssl pkey -in checkpoint.pem -pubout -outform DER | tail -c 32 | od -An -v -tx1 | tr -d ' \\n'; echo
                grep -c 'BEGIN CERTIFICATE' certificates.pem
                """);
        assertThat(read.text().lines())
                .as(read.text())
                .containsSubsequence(
                        "prime256v1",
                        Base64.getEncoder()
                                .encodeToString(made.manifests()
                                        .certificate()
                                        .getPublicKey()
                                        .getEncoded()),
                        HexFormat.of().formatHex(made.checkpoints().publicKey()),
                        "3");
        assertThat(Files.readString(directory.resolve("info.txt")))
                .contains("MAC: sha256")
                .contains("PBES2, PBKDF2, AES-256-CBC, Iteration 10000, PRF hmacWithSHA256");
    }

    @Test
    void keytoolListsTheKeys() throws Exception {
        openOrMake();
        String password;
        try (DataKeys keys = DataKeys.open(home)) {
            password = new String(keys.master().password(LogKeys.PASSWORD_LABEL));
        }
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        ForeignTool.Result listed =
                ForeignTool.shell(directory, "'" + keytool + "' -list -keystore log.p12 -storepass " + password);
        assertThat(listed.exit()).as(listed.text()).isZero();
        assertThat(listed.text()).contains("manifest,", "checkpoint,", "cosignature,", "3 entries");
    }

    /** As openssl makes it, and as homes had it before. */
    private byte[] oldKey() throws Exception {
        ForeignTool.assumeInstalled("openssl");
        DataKeys.open(home).close();
        ForeignTool.shell(directory, "umask 077; openssl genpkey -algorithm ed25519 -out log.key");
        ForeignTool.Result shown = ForeignTool.shell(
                directory,
                "openssl pkey -in log.key -pubout -outform DER | tail -c 32 | od -An -v -tx1 | tr -d ' \\n'");
        return HexFormat.of().parseHex(shown.text().strip());
    }

    @Test
    void anOldKeyMovesIntoTheNewFileAndLeavesNothingBehind() throws Exception {
        byte[] old = oldKey();
        assertThat(open().checkpoints().publicKey()).isEqualTo(old);
        try (var files = Files.list(directory)) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("master.key", "log.p12", "data", "lock");
        }
        assertThat(open().checkpoints().publicKey()).isEqualTo(old);
    }

    @Test
    void aCrashAtAnyPointOfTheMoveLosesNothing() throws Exception {
        byte[] old = oldKey();
        byte[] pem = Files.readAllBytes(directory.resolve("log.key"));
        // Before the new file has its name.
        Files.write(directory.resolve(".log.p12.tmp"), new byte[] {1, 2, 3});
        assertThat(open().checkpoints().publicKey()).isEqualTo(old);
        byte[] made = Files.readAllBytes(file);

        byte[] torn = Arrays.copyOf(pem, pem.length);
        Arrays.fill(torn, 0, pem.length / 2, (byte) 0);
        for (Left left : List.of(
                new Left("log.key", pem),
                new Left("log.key.moved", pem),
                new Left("log.key.moved", torn),
                new Left("log.key.moved", new byte[pem.length]))) {
            writePrivate(left.name(), left.bytes());
            assertThat(open().checkpoints().publicKey()).as(left.name()).isEqualTo(old);
            assertThat(directory.resolve(left.name())).doesNotExist();
            assertThat(Files.readAllBytes(file)).isEqualTo(made);
        }
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Left(String name, byte[] bytes) {}

    private void writePrivate(String name, byte[] bytes) throws IOException {
        Path written = Files.write(directory.resolve(name), bytes);
        Files.setPosixFilePermissions(written, PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void anotherOldKeyBesideTheNewFileIsRefusedAndStays() throws Exception {
        openOrMake();
        oldKey();
        assertRefused("holds another key than log.p12");
        assertThat(directory.resolve("log.key")).exists();
    }

    @Test
    void whatIsNoOldKeyIsRefused() throws IOException {
        DataKeys.open(home).close();
        writePrivate("log.key", "nothing".getBytes(US_ASCII));
        assertRefused("is not an Ed25519 key");
        assertThat(file).doesNotExist();
    }

    @Test
    void aMissingFileOfALogThatExistsIsNotMade() {
        openOrMake();
        assertThat(file.toFile().delete()).isTrue();
        assertThatExceptionOfType(KeyUnusable.class)
                .isThrownBy(this::open)
                .withMessageContaining("put it back from its backup");
        assertThat(file).doesNotExist();
    }

    @Test
    void anotherMasterKeyDoesNotOpenIt() throws IOException {
        openOrMake();
        writePrivate("master.key", "00".repeat(32).getBytes(US_ASCII));
        assertRefused("does not open with this home's master key");
    }

    @Test
    void aMissingMasterKeyIsNotReplacedWhereTheFileExists() throws IOException {
        openOrMake();
        Files.delete(directory.resolve("master.key"));
        assertRefused("master.key is missing");
        assertThat(directory.resolve("master.key")).doesNotExist();
    }

    @Test
    void aBentFileAndOneThatOthersMayReadAreRefused() throws IOException {
        openOrMake();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertRefused("put the right log.p12 back");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertRefused("chmod 600");
    }
}

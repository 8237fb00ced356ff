package org.cartulary.compliance.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The key of a home that guards all others: it wraps the data keys, and passwords of key files are derived from it. It is a
 * line of 64 hexadecimal digits, in {@code HOME/keys/master.key} or in the systemd credential {@value #CREDENTIAL}.
 */
final class MasterKey {
    static final String CREDENTIAL = "cartulary-master-key";
    static final String FILE = "master.key";

    /** Where systemd says that it put a service's credentials. */
    private static final String CREDENTIALS_VARIABLE = "CREDENTIALS_DIRECTORY";

    private static final int DERIVED_BYTES = 32;

    private final byte[] key;

    MasterKey(byte[] key) {
        this.key = key.clone();
    }

    /**
     * Reads the master key.
     *
     * @param environment of the process, where systemd names the credentials
     * @param mayMake whether it is made at random where there is none: at a first start
     */
    static MasterKey open(Path keys, Map<String, String> environment, boolean mayMake) throws IOException {
        Path file = keys.resolve(FILE);
        Optional<Path> credential = credential(environment.get(CREDENTIALS_VARIABLE));
        if (credential.isPresent()) {
            return ofCredential(credential.get(), file);
        }
        if (!Files.exists(file) && !mayMake) {
            throw new KeyUnusable(
                    file
                            + " is missing while keys that it guards exist: put it back from its backup, combine its shares"
                            + " (escrow combine), or give the systemd credential " + CREDENTIAL,
                    null);
        }
        return new MasterKey(KeyFiles.readOrMakeHex(file));
    }

    private static Optional<Path> credential(@Nullable String directory) {
        return Optional.ofNullable(directory)
                .filter(named -> !named.isBlank())
                .map(named -> Path.of(named, CREDENTIAL))
                .filter(Files::exists);
    }

    /** Its permissions are systemd's: it gives the service's user access by an access list, which shows as the group's. */
    private static MasterKey ofCredential(Path credential, Path file) throws IOException {
        byte[] given = KeyFiles.parseHex(Files.readString(credential, StandardCharsets.US_ASCII), credential);
        if (Files.exists(file) && !MessageDigest.isEqual(given, KeyFiles.readHex(file))) {
            throw new KeyUnusable(
                    "The credential " + credential + " and the file " + file + " hold different master keys: take away"
                            + " the one that is not this home's",
                    null);
        }
        return new MasterKey(given);
    }

    /** For wrapping with AES-256-GCM. */
    SecretKey wrapping() {
        return new SecretKeySpec(key, "AES");
    }

    /** Its 32 bytes. */
    byte[] bytes() {
        return key.clone();
    }

    /** A password of 64 hexadecimal digits, derived as {@link #derived}. */
    char[] password(String label) {
        return HexFormat.of().formatHex(derived(label)).toCharArray();
    }

    /** 32 bytes: HKDF-SHA-256 (RFC 5869) without salt, with {@code label} as its info. */
    byte[] derived(String label) {
        try {
            return derived(label.getBytes(StandardCharsets.US_ASCII), DERIVED_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no HKDF-SHA-256", e);
        }
    }

    byte[] derived(byte[] info, int bytes) throws GeneralSecurityException {
        HKDFParameterSpec derivation = HKDFParameterSpec.ofExtract().addIKM(key).thenExpand(info, bytes);
        return KDF.getInstance("HKDF-SHA256").deriveData(derivation);
    }
}

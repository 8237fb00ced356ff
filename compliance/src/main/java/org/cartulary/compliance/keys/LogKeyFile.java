package org.cartulary.compliance.keys;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import javax.crypto.spec.PBEParameterSpec;
import org.cartulary.compliance.durable.DurableFiles;
import org.jspecify.annotations.Nullable;

/**
 * {@code HOME/keys/log.p12}: a PKCS#12 file (RFC 7292) of signing keys with self-signed certificates, under PBES2 with
 * PBKDF2-HMAC-SHA-256 and AES-256-CBC, its whole under HMAC-SHA-256. It is written once and never again.
 */
final class LogKeyFile {
    private static final String PROTECTION = "PBEWithHmacSHA256AndAES_256";

    /** The password has 256 random bits, so that more of them would guard nothing. */
    private static final int ITERATIONS = 10_000;

    private static final int SALT_BYTES = 20;

    private final Path file;
    private final char[] password;

    LogKeyFile(Path file, char[] password) {
        this.file = file;
        this.password = password.clone();
    }

    /** A private key with its certificate. */
    record Entry(PrivateKey key, X509Certificate certificate) {}

    /** Writes a file that is not there yet, durably, and reads it back. */
    void make(Map<SigningKeyKind, KeyPair> pairs, Instant now) throws IOException {
        if (Files.exists(file)) {
            throw new IllegalStateException(file + " is never written over");
        }
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (SigningKeyKind kind : SigningKeyKind.values()) {
                KeyPair pair = pairs.get(kind);
                if (pair == null) {
                    throw new IllegalArgumentException("No key for " + kind);
                }
                Certificate[] chain = {SelfSigned.certificate(kind, pair, now)};
                store.setEntry(kind.alias(), new KeyStore.PrivateKeyEntry(pair.getPrivate(), chain), protection());
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            store.store(bytes, password);
            entries(bytes.toByteArray()); // what cannot be read must not come to lie there
            DurableFiles.writeSecret(file, bytes.toByteArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java cannot write PKCS#12 with " + PROTECTION, e);
        }
        read();
    }

    private KeyStore.PasswordProtection protection() {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        return new KeyStore.PasswordProtection(password, PROTECTION, new PBEParameterSpec(salt, ITERATIONS));
    }

    /** All keys; {@link KeyUnusable} where the password is another, or a key is missing or not that of its certificate. */
    Map<SigningKeyKind, Entry> read() throws IOException {
        KeyFiles.requirePrivate(file);
        return entries(Files.readAllBytes(file));
    }

    private Map<SigningKeyKind, Entry> entries(byte[] bytes) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(bytes), password);
            Map<SigningKeyKind, Entry> entries = new EnumMap<>(SigningKeyKind.class);
            for (SigningKeyKind kind : SigningKeyKind.values()) {
                entries.put(kind, entry(store, kind));
            }
            return entries;
        } catch (GeneralSecurityException e) {
            throw unusable("a key in it cannot be read (" + e.getMessage() + ")", e);
        } catch (IOException e) {
            throw unusable("it does not open with this home's master key (" + e.getMessage() + ")", e);
        }
    }

    private Entry entry(KeyStore store, SigningKeyKind kind) throws GeneralSecurityException {
        if (store.getKey(kind.alias(), password) instanceof PrivateKey key
                && store.getCertificate(kind.alias()) instanceof X509Certificate certificate
                && kind.isPair(key, certificate.getPublicKey())) {
            return new Entry(key, certificate);
        }
        throw unusable("it holds no whole key pair \"" + kind.alias() + "\"", null);
    }

    private KeyUnusable unusable(String reason, @Nullable Throwable cause) {
        return new KeyUnusable(
                file + " is of no use: " + reason + "; put the right " + file.getFileName() + " back", cause);
    }

    /** Forgets the password. */
    void forget() {
        Arrays.fill(password, '\0');
    }
}

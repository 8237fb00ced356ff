package org.cartulary.compliance.keys;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;
import org.cartulary.compliance.durable.DurableFiles;

/** The Ed25519 key (RFC 8032) that signs the log's checkpoints, as PKCS#8 in {@code HOME/keys/log.key}. Thread-safe. */
public final class LogKey {
    private static final String PEM_TYPE = "PRIVATE KEY";

    private final Ed25519PrivateKeyParameters key;

    private LogKey(Ed25519PrivateKeyParameters key) {
        this.key = key;
    }

    /** Reads the key, and makes it at the first start; {@link KeyUnusable} where the file is anything else. */
    public static LogKey open(Path home) {
        Path directory = home.resolve("keys");
        Path file = directory.resolve("log.key");
        try {
            if (!Files.exists(file)) {
                DurableFiles.createSecretDirectory(directory);
                make(file);
            }
            return read(file);
        } catch (IOException e) {
            throw new KeyUnusable("The log key " + file + " cannot be read or made: " + e.getMessage(), e);
        }
    }

    private static LogKey read(Path file) throws IOException {
        try (PemReader reader = new PemReader(new StringReader(KeyFiles.readPrivate(file)))) {
            PemObject pem = reader.readPemObject();
            if (pem != null && pem.getType().equals(PEM_TYPE)) {
                AsymmetricKeyParameter parsed = PrivateKeyFactory.createKey(pem.getContent());
                if (parsed instanceof Ed25519PrivateKeyParameters ed25519) {
                    return new LogKey(ed25519);
                }
            }
        }
        throw new KeyUnusable(file + " is not an Ed25519 key as PKCS#8 in PEM: put the right log.key back", null);
    }

    private static void make(Path file) throws IOException {
        Ed25519PrivateKeyParameters fresh = new Ed25519PrivateKeyParameters(new SecureRandom());
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            byte[] encoded = PrivateKeyInfoFactory.createPrivateKeyInfo(fresh).getEncoded();
            writer.writeObject(new PemObject(PEM_TYPE, encoded));
        }
        DurableFiles.writeSecret(file, text.toString().getBytes(StandardCharsets.US_ASCII));
    }

    /** The public key, 32 bytes. */
    public byte[] publicKey() {
        return key.generatePublicKey().getEncoded();
    }

    /** The signature of {@code message}, 64 bytes. */
    public byte[] sign(byte[] message) {
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, key);
        signer.update(message, 0, message.length);
        return signer.generateSignature();
    }

    /** Whether {@code signature} over {@code message} is this key's. */
    public boolean signed(byte[] message, byte[] signature) {
        Ed25519Signer verifier = new Ed25519Signer();
        verifier.init(false, new Ed25519PublicKeyParameters(publicKey()));
        verifier.update(message, 0, message.length);
        return verifier.verifySignature(signature);
    }
}

package org.cartulary.verifier.witness;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cartulary.verifier.note.KeyType;
import org.cartulary.verifier.note.VerifierKey;

/**
 * The two keys of a witness, Ed25519 and ML-DSA-44, in {@code witness.key} (PKCS#8 as PEM, mode 0600), and their verifier keys
 * in {@code witness.vkey}, to be handed out. Thread-safe.
 */
final class WitnessKeys {
    private static final List<KeyType> TYPES = List.of(KeyType.ED25519_COSIGNATURE, KeyType.ML_DSA_COSIGNATURE);
    private static final String PRIVATE = "witness.key";
    private static final String PUBLIC = "witness.vkey";
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN PRIVATE KEY-----\n([A-Za-z0-9+/=\n]+)-----END PRIVATE KEY-----\n");

    private record SigningKey(VerifierKey verifier, PrivateKey key) {}

    private final List<SigningKey> keys;

    private WitnessKeys(List<SigningKey> keys) {
        this.keys = keys;
    }

    /**
     * Makes keys in a directory that has none.
     *
     * @param name of the witness, without spaces and plus signs
     */
    static WitnessKeys create(Path directory, String name) throws IOException {
        if (Files.exists(directory.resolve(PRIVATE)) || Files.exists(directory.resolve(PUBLIC))) {
            throw new IOException(directory + " has the keys of a witness already; make another one elsewhere");
        }
        List<SigningKey> keys = new ArrayList<>();
        StringBuilder pem = new StringBuilder();
        StringBuilder vkeys = new StringBuilder();
        for (KeyType type : TYPES) {
            var pair = generator(type).generateKeyPair();
            VerifierKey verifier = VerifierKey.of(name, type, pair.getPublic());
            keys.add(new SigningKey(verifier, pair.getPrivate()));
            pem.append("-----BEGIN PRIVATE KEY-----\n")
                    .append(Base64.getMimeEncoder(64, new byte[] {'\n'})
                            .encodeToString(pair.getPrivate().getEncoded()))
                    .append("\n-----END PRIVATE KEY-----\n");
            vkeys.append(verifier.vkey()).append('\n');
        }
        SafeFiles.replace(directory.resolve(PRIVATE), pem.toString().getBytes(StandardCharsets.US_ASCII));
        SafeFiles.replace(directory.resolve(PUBLIC), vkeys.toString().getBytes(StandardCharsets.UTF_8));
        return new WitnessKeys(keys);
    }

    /** Reads them, and sees that private and public ones belong together. */
    static WitnessKeys open(Path directory) throws IOException {
        if (!Files.exists(directory.resolve(PRIVATE))) {
            throw new IOException(
                    directory + " is no witness: make one with \"witness init " + directory + " --name NAME\"");
        }
        SafeFiles.requirePrivate(directory.resolve(PRIVATE));
        List<VerifierKey> verifiers;
        try {
            verifiers = VerifierKey.parseAll(Files.readString(directory.resolve(PUBLIC)));
        } catch (IllegalArgumentException e) {
            throw new IOException(directory.resolve(PUBLIC) + ": " + e.getMessage(), e);
        }
        Matcher pem = PEM.matcher(Files.readString(directory.resolve(PRIVATE)));
        List<SigningKey> keys = new ArrayList<>();
        for (VerifierKey verifier : verifiers) {
            if (!pem.find()) {
                throw new IOException(directory.resolve(PRIVATE) + " has fewer keys than " + PUBLIC);
            }
            keys.add(new SigningKey(verifier, privateKey(verifier.type(), pem.group(1))));
        }
        return new WitnessKeys(keys).selfTested(directory);
    }

    private WitnessKeys selfTested(Path directory) throws IOException {
        byte[] text = "self-test\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n".getBytes(StandardCharsets.UTF_8);
        for (SigningKey key : keys) {
            if (!key.verifier().verifies(text, signature(key, text, 1))) {
                throw new IOException("a private key in " + directory + " is not that of "
                        + key.verifier().shown());
            }
        }
        return this;
    }

    List<VerifierKey> verifiers() {
        return keys.stream().map(SigningKey::verifier).toList();
    }

    /**
     * Cosignatures of a checkpoint, a line for each key.
     *
     * @param text of the checkpoint, without signatures
     * @param time in seconds since 1970, above 0
     */
    List<String> cosign(byte[] text, long time) {
        return keys.stream().map(key -> line(key, text, time)).toList();
    }

    private static String line(SigningKey key, byte[] text, long time) {
        byte[] signature = signature(key, text, time);
        byte[] blob = ByteBuffer.allocate(Integer.BYTES + signature.length)
                .putInt(key.verifier().id())
                .put(signature)
                .array();
        return "— " + key.verifier().name() + " " + Base64.getEncoder().encodeToString(blob) + "\n";
    }

    private static byte[] signature(SigningKey key, byte[] text, long time) {
        KeyType type = key.verifier().type();
        try {
            Signature signer = Signature.getInstance(type.algorithm());
            signer.initSign(key.key());
            signer.update(type.message(text, key.verifier().name(), time));
            byte[] bare = signer.sign();
            return ByteBuffer.allocate(Long.BYTES + bare.length)
                    .putLong(time)
                    .put(bare)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime cannot sign with " + type.algorithm(), e);
        }
    }

    private static KeyPairGenerator generator(KeyType type) {
        try {
            return KeyPairGenerator.getInstance(type.algorithm());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "This Java runtime makes no keys of " + type.algorithm() + "; use version 24 or later", e);
        }
    }

    private static PrivateKey privateKey(KeyType type, String base64) throws IOException {
        try {
            return KeyFactory.getInstance(type.algorithm())
                    .generatePrivate(
                            new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));
        } catch (GeneralSecurityException e) {
            throw new IOException("a private key of " + PRIVATE + " is none of " + type.algorithm(), e);
        }
    }
}

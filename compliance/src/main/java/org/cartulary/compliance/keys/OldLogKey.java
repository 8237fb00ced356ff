package org.cartulary.compliance.keys;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.cartulary.compliance.durable.DurableFiles;

/**
 * {@code HOME/keys/log.key}, where homes had the log's key in clear before {@code log.p12}. Once that file holds the key, this
 * one is renamed, overwritten and deleted, in steps of which each is durable: after a crash the next start goes on.
 */
final class OldLogKey {
    private static final String PEM_TYPE = "PRIVATE KEY";

    private final Path file;
    private final Path moved;

    OldLogKey(Path keys) {
        this.file = keys.resolve("log.key");
        this.moved = keys.resolve("log.key.moved");
    }

    /** The key; empty where there is no such file. */
    Optional<Ed25519PrivateKeyParameters> read() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (PemReader reader = new PemReader(new StringReader(KeyFiles.readPrivate(file)))) {
            PemObject pem = reader.readPemObject();
            if (pem != null && pem.getType().equals(PEM_TYPE)) {
                AsymmetricKeyParameter parsed = PrivateKeyFactory.createKey(pem.getContent());
                if (parsed instanceof Ed25519PrivateKeyParameters ed25519) {
                    return Optional.of(ed25519);
                }
            }
        }
        throw new KeyUnusable(file + " is not an Ed25519 key as PKCS#8 in PEM: put the right log.key back", null);
    }

    /** The same key, as Java has it. */
    static KeyPair pair(Ed25519PrivateKeyParameters key) {
        try {
            KeyFactory factory = KeyFactory.getInstance("Ed25519");
            byte[] spki = SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(key.generatePublicKey())
                    .getEncoded();
            return new KeyPair(
                    factory.generatePublic(new X509EncodedKeySpec(spki)),
                    factory.generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, key.getEncoded())));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("This Java has no Ed25519", e);
        }
    }

    /**
     * Leaves nothing of it behind, given that {@code log.p12} holds the key.
     *
     * @param held public key there
     * @throws KeyUnusable where this file holds another key
     */
    void retire(byte[] held) throws IOException {
        Optional<Ed25519PrivateKeyParameters> old = read();
        if (old.isPresent()) {
            if (!Arrays.equals(old.get().generatePublicKey().getEncoded(), held)) {
                throw new KeyUnusable(
                        file + " holds another key than " + LogKeys.FILE + " beside it: take away the one that is not"
                                + " this log's (HOME/log/log.vkey says which is)",
                        null);
            }
            Files.move(file, moved, StandardCopyOption.ATOMIC_MOVE);
            DurableFiles.syncParent(moved);
        }
        if (Files.exists(moved)) {
            DurableFiles.overwrite(moved, 0, new byte[(int) Files.size(moved)]);
            Files.delete(moved);
            DurableFiles.syncParent(moved);
        }
    }
}

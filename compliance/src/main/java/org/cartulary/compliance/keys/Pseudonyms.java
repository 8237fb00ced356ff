package org.cartulary.compliance.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.cartulary.compliance.durable.DurableFiles;
import org.cartulary.compliance.identity.Principal;

/**
 * The names under which principals stand in the log: HMAC-SHA-256 of the principal's id under the key of the shard, cut
 * to 16 bytes. Without the key nobody can tell who it was; with it, whoever knows an id can. Thread-safe.
 */
public final class Pseudonyms {
    private static final int PSEUDONYM_BYTES = 16;

    private final SecretKey key;

    private Pseudonyms(SecretKey key) {
        this.key = key;
    }

    /**
     * Reads {@code HOME/keys/pseudonyms/<shard>.key}.
     *
     * @throws KeyUnusable where it is missing: a new one would call everybody by another name
     */
    public static Pseudonyms open(Path home, String shard) {
        Path file = file(home, shard);
        if (!Files.exists(file)) {
            throw new KeyUnusable(file + " is missing: put it back from its backup", null);
        }
        return read(file);
    }

    /** As {@link #open}, for a shard that begins: the key is made, unless an attempt before did. */
    public static Pseudonyms make(Path home, String shard) {
        Path file = file(home, shard);
        try {
            DurableFiles.createSecretDirectory(directory(home));
            return read(file);
        } catch (IOException e) {
            throw new KeyUnusable("The key file " + file + " cannot be made: " + e.getMessage(), e);
        }
    }

    /** Destroys the key of a shard: nobody can tell any more who stands behind its pseudonyms. */
    public static void destroy(Path home, String shard) {
        Path file = file(home, shard);
        try {
            if (Files.exists(file)) {
                DurableFiles.overwrite(file, 0, new byte[(int) Files.size(file)]);
                Files.delete(file);
                DurableFiles.syncParent(file);
            }
        } catch (IOException e) {
            throw new KeyUnusable("The key file " + file + " cannot be destroyed: " + e.getMessage(), e);
        }
    }

    /** Gives the key of a home from before there were shards to its only one. */
    public static void adopt(Path home, String shard) {
        Path old = home.resolve("keys").resolve("pseudonym.key");
        Path file = file(home, shard);
        try {
            if (Files.exists(old) && !Files.exists(file)) {
                DurableFiles.createSecretDirectory(directory(home));
                Files.move(old, file, StandardCopyOption.ATOMIC_MOVE);
                DurableFiles.syncParent(file);
                DurableFiles.syncParent(old);
            }
        } catch (IOException e) {
            throw new KeyUnusable("The key file " + old + " cannot be moved to " + file + ": " + e.getMessage(), e);
        }
    }

    private static Path directory(Path home) {
        return home.resolve("keys").resolve("pseudonyms");
    }

    private static Path file(Path home, String shard) {
        return directory(home).resolve(shard + ".key");
    }

    private static Pseudonyms read(Path file) {
        return new Pseudonyms(new SecretKeySpec(KeyFiles.readOrMakeHex(file), "HmacSHA256"));
    }

    /** The 22 characters of base64url that stand for {@code principal}. */
    public String of(Principal principal) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(code(principal.id()));
    }

    /** The 16 bytes that stand for a text that is no principal's id, as it holds a slash. */
    public byte[] token(String text) {
        if (text.indexOf('/') < 0) {
            throw new IllegalArgumentException("A text without a slash could be a principal: " + text);
        }
        return code(text);
    }

    private byte[] code(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return Arrays.copyOf(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)), PSEUDONYM_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no HMAC-SHA-256", e);
        }
    }
}

package org.cartulary.compliance.keys;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
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

    /** Reads {@code HOME/keys/pseudonym.key}, made at the first start. */
    public static Pseudonyms open(Path home) {
        byte[] bytes = KeyFiles.readOrMakeHex(home.resolve("keys").resolve("pseudonym.key"));
        return new Pseudonyms(new SecretKeySpec(bytes, "HmacSHA256"));
    }

    /** The 22 characters of base64url that stand for {@code principal}. */
    public String of(Principal principal) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            byte[] code = mac.doFinal(principal.id().getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(code, PSEUDONYM_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no HMAC-SHA-256", e);
        }
    }
}

package org.cartulary.appliance.accounts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.bouncycastle.util.encoders.Base32;
import org.cartulary.compliance.identity.Principal;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Codes for whoever lost the second factor, to be printed and locked away; each counts once. Runs in the callers' transactions. */
final class RecoveryCodes {
    private static final int CODES = 10;
    private static final int BYTES = 10;
    private static final Pattern FORM = Pattern.compile("[A-Z2-7]{16}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private RecoveryCodes() {}

    /** Makes new ones in place of all before; their texts are shown once. */
    static List<String> issue(Handle handle, Principal principal) {
        clear(handle, principal);
        List<String> codes = new ArrayList<>();
        PreparedBatch batch = handle.prepareBatch(
                "INSERT INTO appliance.recovery_code (principal, code_sha256) VALUES (:principal, :code)");
        for (int i = 0; i < CODES; i++) {
            byte[] random = new byte[BYTES];
            RANDOM.nextBytes(random);
            String code = new String(Base32.encode(random), StandardCharsets.US_ASCII);
            batch.bind("principal", principal.id()).bind("code", sha256(code)).add();
            codes.add(code.replaceAll("(.{4})(?!$)", "$1-"));
        }
        batch.execute();
        return codes;
    }

    static void clear(Handle handle, Principal principal) {
        handle.createUpdate("DELETE FROM appliance.recovery_code WHERE principal = :principal")
                .bind("principal", principal.id())
                .execute();
    }

    /** Whether it looks like one of ours, as a code of an app does not. */
    static boolean isOne(String code) {
        return FORM.matcher(folded(code)).matches();
    }

    /** Uses a code up; false where it is none of his, or was used. */
    static boolean use(Handle handle, Principal principal, String code) {
        return handle.createUpdate(
                                "DELETE FROM appliance.recovery_code WHERE principal = :principal AND code_sha256 = :code")
                        .bind("principal", principal.id())
                        .bind("code", sha256(folded(code)))
                        .execute()
                == 1;
    }

    static long left(Handle handle, Principal principal) {
        return handle.createQuery("SELECT count(*) FROM appliance.recovery_code WHERE principal = :principal")
                .bind("principal", principal.id())
                .mapTo(Long.class)
                .one();
    }

    private static String folded(String code) {
        return code.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
    }

    private static byte[] sha256(String code) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(code.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

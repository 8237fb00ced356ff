package org.cartulary.verifier.note;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.cartulary.verifier.report.CheckFailed;
import org.cartulary.verifier.report.Finding;

/** Base64 of RFC 4648 section 4 that takes only the one canonical spelling of each value: padded, unused bits zero. */
public final class StrictBase64 {
    private StrictBase64() {}

    /** Decodes, or fails as {@code where}. */
    public static byte[] decode(String text, String where) {
        byte[] spelling = text.getBytes(StandardCharsets.UTF_8);
        byte[] value;
        try {
            value = Base64.getDecoder().decode(spelling);
        } catch (IllegalArgumentException e) {
            throw new CheckFailed(where, "base64", Finding.quoted(text) + " (" + e.getMessage() + ")");
        }
        if (!Arrays.equals(Base64.getEncoder().encode(value), spelling)) {
            throw new CheckFailed(where, "canonical base64", Finding.quoted(text));
        }
        return value;
    }

    /** Decodes a value of {@code bytes} bytes, or fails as {@code where}. */
    public static byte[] decode(String text, int bytes, String where) {
        byte[] value = decode(text, where);
        if (value.length != bytes) {
            throw new CheckFailed(where, "base64 of " + bytes + " bytes", value.length + " bytes");
        }
        return value;
    }
}

package org.cartulary.appliance.openai;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Texts as evidence keeps them where a program sends many: whoever holds a text can show that it was among them, and the log
 * does not become a second copy of everything that was ever indexed.
 */
final class Digests {
    private Digests() {}

    /** SHA-256 of each text's UTF-8, in hex. */
    static List<String> of(List<String> texts) {
        return texts.stream().map(Digests::of).toList();
    }

    private static String of(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

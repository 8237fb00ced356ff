package org.cartulary.compliance.bundle;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 as {@code sha256sum} prints it. */
final class Sha256 {
    /** What takes the place of one that is not known yet. */
    static final String UNKNOWN = "0".repeat(64);

    private Sha256() {}

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256", e);
        }
    }

    static String hex(byte[] content) {
        return HexFormat.of().formatHex(digest().digest(content));
    }

    /** One hash for a directory: that of the lines that {@code sha256sum} prints for its files, sorted by name. */
    static final class Directory {
        private final MessageDigest lines = digest();
        private final MessageDigest file = digest();

        void add(String name, byte[] content) {
            String line = HexFormat.of().formatHex(file.digest(content)) + "  " + name + "\n";
            lines.update(line.getBytes(StandardCharsets.US_ASCII));
        }

        String hex() {
            return HexFormat.of().formatHex(lines.digest());
        }
    }
}

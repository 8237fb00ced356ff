package org.cartulary.compliance.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import org.cartulary.compliance.durable.DurableFiles;

/** Reads and makes the small secret files of {@code HOME/keys}; none is ever overwritten. */
final class KeyFiles {
    static final int KEY_BYTES = 32;
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private KeyFiles() {}

    /** The 32 bytes of a hex file, made at random where the file is absent. */
    static byte[] readOrMakeHex(Path file) {
        try {
            if (!Files.exists(file)) {
                byte[] random = new byte[KEY_BYTES];
                new SecureRandom().nextBytes(random);
                DurableFiles.writeSecret(
                        file, (HexFormat.of().formatHex(random) + "\n").getBytes(StandardCharsets.US_ASCII));
            } else {
                // An attempt before may have failed between its rename and the sync of its directory.
                DurableFiles.syncParent(file);
            }
            return readHex(file);
        } catch (IOException e) {
            throw new KeyUnusable("The key file " + file + " cannot be read or made: " + e.getMessage(), e);
        }
    }

    /** The 32 bytes of a hex file that is there. */
    static byte[] readHex(Path file) throws IOException {
        return parseHex(readPrivate(file), file);
    }

    /** The 32 bytes that a text of 64 hexadecimal digits stands for. */
    static byte[] parseHex(String text, Path file) {
        try {
            byte[] key = HexFormat.of().parseHex(text.strip());
            if (key.length != KEY_BYTES) {
                throw new KeyUnusable(file + " holds " + key.length + " bytes where 32 are needed", null);
            }
            return key;
        } catch (IllegalArgumentException e) {
            throw new KeyUnusable(file + " is not a line of 64 hexadecimal digits: put the right key file back", e);
        }
    }

    /** The text of a secret file, refused where anybody but its owner may read or write it. */
    static String readPrivate(Path file) throws IOException {
        requirePrivate(file);
        return Files.readString(file, StandardCharsets.US_ASCII);
    }

    /** Refuses a secret file that anybody but its owner may read or write. */
    static void requirePrivate(Path file) throws IOException {
        Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(file));
        permissions.retainAll(OTHERS);
        if (!permissions.isEmpty()) {
            throw new KeyUnusable(file + " is open to other users; run: chmod 600 " + file, null);
        }
    }
}

package org.cartulary.appliance.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An API key and the file that it lies in. A key is never an argument: every process of the machine can read those.
 *
 * @param key its text
 */
record KeyFile(Path file, String key) {
    private static final Pattern KEY = Pattern.compile("[!-~]{1,256}");
    private static final Set<PosixFilePermission> OWNERS =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    /** Reads one; fails where others may read the file. */
    static KeyFile read(Path file) {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            if (!OWNERS.containsAll(permissions)) {
                throw new CommandFailed(
                        "The key file " + file + " has the permissions "
                                + PosixFilePermissions.toString(permissions)
                                + ", but only its owner may read it: chmod 600, and replace the key if others may have seen it.");
            }
            String key = Files.readString(file).strip();
            if (!KEY.matcher(key).matches()) {
                throw new CommandFailed("The file " + file
                        + " holds no API key: it is to hold the one line that keys issue or the account page showed.");
            }
            return new KeyFile(file, key);
        } catch (IOException e) {
            throw new CommandFailed("The key file " + file + " cannot be read: " + e);
        }
    }

    @Override
    public String toString() {
        return "KeyFile[" + file + "]";
    }
}

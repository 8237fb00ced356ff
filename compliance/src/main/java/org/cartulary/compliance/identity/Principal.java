package org.cartulary.compliance.identity;

import java.util.regex.Pattern;

/**
 * Whoever asks or acts, by a stable id that outlives names and accounts.
 *
 * @param id 1 to 128 characters of {@code [a-z0-9:._@-]}
 */
public record Principal(String id) {
    // First: the constants below are checked against it.
    private static final Pattern ID = Pattern.compile("[a-z0-9:._@-]{1,128}");

    /** The owner of the machine, through the local socket that only that owner can open. */
    public static final Principal CONSOLE = new Principal("console");

    public Principal {
        if (!isId(id)) {
            throw new IllegalArgumentException(
                    "A principal's id has 1 to 128 characters of a-z, 0-9 and : . _ @ -, but was \"" + id + "\"");
        }
    }

    /** Whether a text has the form of an id. */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }
}

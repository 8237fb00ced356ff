package org.cartulary.compliance.rights;

import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What a document can bear.
 *
 * @param name 1 to 64 of {@code a-z 0-9 . _ -}
 * @param kind what being listed on it does
 * @param byLaw what it keeps from a reader, no emergency opens
 */
public record Label(UUID id, String name, Kind kind, boolean byLaw) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

    /** What being listed on a label does. */
    public enum Kind {
        /** Only those who are listed may see documents that bear it; where nobody is listed, nobody. */
        ALLOW,
        /** Those who are listed may not see documents that bear it, whatever else lets them. */
        DENY;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Label {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "A label's name has 1 to 64 characters of a-z, 0-9 and . _ -, but was \"" + name + "\".");
        }
    }

    String object() {
        return "label:" + id;
    }
}

package org.cartulary.compliance.people;

import java.text.Normalizer;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.cartulary.compliance.identity.Principal;
import org.jspecify.annotations.Nullable;

/**
 * Somebody or something that acts or is granted: a person, a program, a group of them, or the console.
 *
 * @param id stable, never given twice
 * @param source who vouches for the name: {@code local}, later a directory
 * @param externalId the source's own stable id, or null where the source is local
 * @param name to sign in with or to refer to; unique for its source among groups or among others
 * @param displayName for people
 * @param disabled may do nothing, but stays, so that evidence keeps its meaning
 */
public record Identity(
        Principal id,
        Kind kind,
        String source,
        @Nullable String externalId,
        String name,
        String displayName,
        boolean disabled) {
    public static final String LOCAL = "local";

    // Letters of any script, digits, and what mail addresses and host names use; nothing that a log or a page could
    // mistake.
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{M}\\p{N}][\\p{L}\\p{M}\\p{N}._@-]{0,63}");
    private static final int MAX_DISPLAY_NAME = 128;

    /** What it is. */
    public enum Kind {
        CONSOLE,
        PERSON,
        SERVICE,
        GROUP;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One of this house's own, with a fresh id.
     *
     * @throws IllegalArgumentException where a name has not the form; its message says which form
     */
    public static Identity local(Kind kind, String name, String displayName) {
        String shown = displayName.isBlank() ? name : displayName.strip();
        if (shown.length() > MAX_DISPLAY_NAME || shown.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("A display name has 1 to " + MAX_DISPLAY_NAME
                    + " characters and no line breaks, but this one has " + shown.length() + ".");
        }
        Principal id = new Principal(kind.wireName() + ":" + UUID.randomUUID());
        return new Identity(id, kind, LOCAL, null, normalised(name), shown, false);
    }

    /**
     * A name as it is compared: compatibility forms folded, in lower case (after RFC 8265, UsernameCaseMapped).
     *
     * @throws IllegalArgumentException where it has not the form
     */
    public static String normalised(String name) {
        String folded = Normalizer.normalize(name.strip(), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        if (!NAME.matcher(folded).matches()) {
            throw new IllegalArgumentException(
                    "A name has 1 to 64 letters, digits and . _ @ -, and begins with a letter or a digit.");
        }
        return folded;
    }
}

package org.cartulary.retrieval.catalog;

import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A set of documents that are read, and granted, together.
 *
 * @param name 1 to 64 characters of {@code [a-z0-9._-]}, unique in the installation
 */
public record Collection(UUID id, String name, Instant createdAt) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9._-]{1,64}");

    public Collection {
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "A collection's name has 1 to 64 characters of a-z, 0-9 and . _ -, but was \"" + name + "\"");
        }
    }

    /** Whether a text may name a collection. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }
}

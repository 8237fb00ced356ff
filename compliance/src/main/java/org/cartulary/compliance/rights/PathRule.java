package org.cartulary.compliance.rights;

import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * What documents of a collection bear because of where they lie.
 *
 * @param pattern a glob over the whole path, as {@link java.nio.file.FileSystem#getPathMatcher} reads it: {@code
 *     personnel/**}
 * @param labels ids
 * @param level they have at least this level; null where the path says nothing of it
 */
public record PathRule(
        UUID id,
        UUID collection,
        String pattern,
        SortedSet<UUID> labels,
        @Nullable Integer level) {
    private static final int MAX_PATTERN = 512;

    public PathRule {
        labels = Collections.unmodifiableSortedSet(new TreeSet<>(labels));
        if (pattern.isBlank() || pattern.length() > MAX_PATTERN) {
            throw new IllegalArgumentException(
                    "A pattern has 1 to " + MAX_PATTERN + " characters, but this one has " + pattern.length() + ".");
        }
        matcher(pattern);
    }

    /** Whether it says something of documents at this path. */
    boolean matches(String path) {
        try {
            return matcher(pattern).matches(Path.of(path));
        } catch (InvalidPathException e) {
            // Not a path of this system, so its text cannot have come from a share; the glob cannot speak of it.
            return false;
        }
    }

    private static PathMatcher matcher(String pattern) {
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("\"" + pattern + "\" is no pattern: " + e.getDescription() + ".", e);
        }
    }
}

package org.cartulary.retrieval.catalog;

import java.time.LocalDate;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the house says of a document, beside what stands in it.
 *
 * @param owner who answers for it
 * @param site where it holds; null where it holds at every site
 * @param draft whether it does not hold yet, whatever its dates
 * @param effectiveOn the first day on which it holds
 * @param reviewOn the day by which somebody is to look at it again
 * @param expiresOn the last day on which it holds
 * @param withdrawnOn the first day on which it is superseded, though by no document of the collection
 * @param supersedes paths of the documents of its collection that it takes the place of, from its effective date on
 * @param fields further values, by name
 */
public record Details(
        @Nullable String owner,
        @Nullable String site,
        boolean draft,
        @Nullable LocalDate effectiveOn,
        @Nullable LocalDate reviewOn,
        @Nullable LocalDate expiresOn,
        @Nullable LocalDate withdrawnOn,
        SortedSet<String> supersedes,
        SortedMap<String, String> fields) {
    public static final int MAX_TEXT = 200;
    public static final int MAX_SUPERSEDED = 100;
    public static final int MAX_FIELDS = 30;

    /** Nothing said: it holds, everywhere and always. */
    public static final Details NONE =
            new Details(null, null, false, null, null, null, null, new TreeSet<>(), new TreeMap<>());

    private static final Pattern FIELD_NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    /**
     * Checks what is said.
     *
     * @throws IllegalArgumentException with a sentence for whoever said it
     */
    public Details {
        requireText("The owner", owner);
        requireText("The site", site);
        supersedes = Collections.unmodifiableSortedSet(new TreeSet<>(supersedes));
        fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
        if (supersedes.size() > MAX_SUPERSEDED) {
            throw new IllegalArgumentException(
                    "A document supersedes at most " + MAX_SUPERSEDED + " others, but not " + supersedes.size() + ".");
        }
        if (fields.size() > MAX_FIELDS) {
            throw new IllegalArgumentException(
                    "A document has at most " + MAX_FIELDS + " fields, but not " + fields.size() + ".");
        }
        fields.forEach((name, value) -> {
            if (!FIELD_NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("A field's name has 1 to 40 of a-z, 0-9 and - and begins with a"
                        + " letter, but this is \"" + name + "\".");
            }
            requireText("The field " + name, value);
        });
        if (effectiveOn != null && expiresOn != null && expiresOn.isBefore(effectiveOn)) {
            throw new IllegalArgumentException(
                    "A document that holds from " + effectiveOn + " on cannot expire on " + expiresOn + ".");
        }
    }

    private static void requireText(String what, @Nullable String text) {
        if (text != null && (text.isBlank() || text.length() > MAX_TEXT)) {
            throw new IllegalArgumentException(
                    what + " has 1 to " + MAX_TEXT + " characters and is not blank, but has " + text.length() + ".");
        }
    }
}

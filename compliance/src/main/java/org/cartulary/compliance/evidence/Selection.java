package org.cartulary.compliance.evidence;

import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which entries a bundle discloses; all of it must be so, and null wants nothing. A question or act that is wanted comes with
 * all its entries in the shard.
 *
 * @param from first tree index; where anything else is wanted, of the first entry of a question or act
 * @param to one past the last such index
 * @param number of one question or act
 * @param wanted what reviewers look for
 */
public record Selection(
        @Nullable Long from, @Nullable Long to, @Nullable Long number, Wanted wanted) {
    private static final Wanted ANY = new Wanted(null, null, null, null, null, null, null, false);

    /** All entries. */
    public static final Selection ALL = new Selection(null, null, null, ANY);

    /** Entries from one tree index up to, not with, another. */
    public static Selection range(@Nullable Long from, @Nullable Long to) {
        return new Selection(from, to, null, ANY);
    }

    /** Whether every entry of the range is wanted, whatever it is. */
    boolean isRange() {
        return number == null && wanted.equals(ANY);
    }

    /** What was asked for, by the names of the options of {@code audit export}. */
    public SortedMap<String, String> words() {
        SortedMap<String, String> words = new TreeMap<>();
        put(words, "from", from);
        put(words, "to", to);
        put(words, "number", number);
        put(words, "from", wanted.from());
        put(words, "to", wanted.to());
        put(words, "actor", wanted.actor());
        put(words, "document", wanted.document());
        put(words, "case", wanted.reference());
        put(words, "outcome", wanted.outcome() == null ? null : wanted.outcome().wireName());
        put(words, "model", wanted.model());
        return words;
    }

    private static void put(SortedMap<String, String> words, String name, @Nullable Object value) {
        if (value instanceof Instant time) {
            words.merge(name, time.toString(), (index, instant) -> index + " " + instant);
        } else if (value != null) {
            words.put(name, value.toString());
        }
    }
}

package org.cartulary.retrieval.search;

import java.util.Arrays;

/**
 * The runs of three words of a text, each once, as numbers of 64 bits (Broder: "On the Resemblance and Containment of
 * Documents", 1997). Words are runs of letters and digits in lower case; of scripts that put no space between words, each
 * ideograph is one. A text of fewer words is one run. Two runs that have the same number by chance, once in 2⁶⁴ pairs, would
 * count as one.
 */
final class Shingles {
    private static final int WORDS = 3;
    private static final long PRIME = 0x100000001b3L;
    private static final long BASIS = 0xcbf29ce484222325L;

    private final long[] sorted;

    private Shingles(long[] sorted) {
        this.sorted = sorted;
    }

    static Shingles of(String text) {
        long[] words = words(text);
        int runs = Math.max(1, words.length - WORDS + 1);
        long[] shingles = new long[runs];
        for (int run = 0; run < runs; run++) {
            long hash = BASIS;
            for (int word = run; word < Math.min(run + WORDS, words.length); word++) {
                hash = mixed(hash ^ words[word]);
            }
            shingles[run] = hash;
        }
        Arrays.sort(shingles);
        return new Shingles(distinct(shingles));
    }

    /** Whether they have so large a share of all their runs in common (Jaccard), 0 to 1. */
    boolean alike(Shingles other, double least) {
        int smaller = Math.min(sorted.length, other.sorted.length);
        int greater = Math.max(sorted.length, other.sorted.length);
        if (smaller < least * greater) {
            return false;
        }
        int common = common(other);
        return common >= least * (sorted.length + other.sorted.length - common);
    }

    private int common(Shingles other) {
        int common = 0;
        int i = 0;
        int j = 0;
        while (i < sorted.length && j < other.sorted.length) {
            long mine = sorted[i];
            long its = other.sorted[j];
            common += mine == its ? 1 : 0;
            i += mine <= its ? 1 : 0;
            j += its <= mine ? 1 : 0;
        }
        return common;
    }

    private static long[] words(String text) {
        long[] words = new long[text.length() / 2 + 1];
        int count = 0;
        long word = BASIS;
        boolean within = false;
        for (int at = 0; at < text.length(); ) {
            int sign = text.codePointAt(at);
            at += Character.charCount(sign);
            boolean alone = Character.isIdeographic(sign);
            boolean part = alone || Character.isLetterOrDigit(sign);
            if (within && (alone || !part)) {
                words = withRoom(words, count);
                words[count++] = word;
                word = BASIS;
            }
            within = part;
            if (part) {
                word = (word ^ Character.toLowerCase(sign)) * PRIME;
            }
        }
        if (within) {
            words = withRoom(words, count);
            words[count++] = word;
        }
        return Arrays.copyOf(words, count);
    }

    /** A text of ideographs has as many words as signs, any other at most half as many. */
    private static long[] withRoom(long[] words, int count) {
        return count < words.length ? words : Arrays.copyOf(words, 2 * words.length);
    }

    private static long[] distinct(long[] ordered) {
        int count = 0;
        for (int i = 0; i < ordered.length; i++) {
            if (i == 0 || ordered[i] != ordered[i - 1]) {
                ordered[count++] = ordered[i];
            }
        }
        return Arrays.copyOf(ordered, count);
    }

    /** Lets every bit decide about every other (Steele, Lea, Flood: SplitMix64, 2014). */
    private static long mixed(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}

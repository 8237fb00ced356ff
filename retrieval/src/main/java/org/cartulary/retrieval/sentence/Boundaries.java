package org.cartulary.retrieval.sentence;

import java.text.BreakIterator;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Decides whether a break that the general rules found ends a sentence. */
final class Boundaries {
    /** Without their last full stop. A name or more of the sentence follows them always. */
    private static final Set<String> ALWAYS_OPEN = Set.of(
            "dr", "mr", "mrs", "ms", "prof", "rev", "st", "e.g", "i.e", "eg", "ie", "vs", "viz", "cf", "resp", "incl");

    /** They go on with a number, and are words or ends otherwise. */
    private static final Set<String> BEFORE_NUMBERS = Set.of(
            "no", "nos", "nr", "fig", "figs", "eq", "eqs", "sec", "sect", "art", "arts", "ch", "vol", "ref", "refs",
            "tab", "para", "approx", "ca", "ext", "tel", "max", "min", "p", "pp", "jan", "feb", "mar", "apr", "jun",
            "jul", "aug", "sep", "sept", "oct", "nov", "dec");

    /** They may end a sentence: then a capital follows. */
    private static final Set<String> MAY_END = Set.of(
            "al", "etc", "excl", "i.v", "p.o", "s.c", "i.m", "b.i.d", "t.i.d", "q.d", "a.m", "p.m", "u.s", "u.k", "inc",
            "ltd", "co", "corp", "jr", "sr", "dept");

    /**
     * Stops that Java's rules pass over: before a number, and free-standing ones, as old type-written texts set them
     * that know no capitals.
     */
    private static final Pattern MORE_STOPS = Pattern.compile("[.!?]['\"”’)\\]]*\\s+(?=\\d)|\\s[.!?]\\s+");

    private Boundaries() {}

    /** Offsets at which a sentence may end, in order; the last is the end of the text. */
    static SortedSet<Integer> possible(String flat) {
        SortedSet<Integer> ends = new TreeSet<>();
        BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ENGLISH);
        breaks.setText(flat);
        for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
            ends.add(end);
        }
        Matcher more = MORE_STOPS.matcher(flat);
        while (more.find()) {
            ends.add(more.end());
        }
        return ends;
    }

    /**
     * Whether a sentence that began at {@code start} ends before {@code end}.
     *
     * @param flat text without line feeds
     */
    static boolean isSentenceEnd(String flat, int start, int end) {
        String sentence = flat.substring(start, end).stripTrailing();
        boolean standsFree = sentence.length() > 1 && Character.isWhitespace(sentence.charAt(sentence.length() - 2));
        if (beginsInLowerCase(flat, end) && !standsFree) {
            return false;
        }
        if (!sentence.endsWith(".") || standsFree) {
            return true;
        }
        String word = lastWord(sentence);
        boolean onlyWord = word.length() == sentence.stripLeading().length() - 1;
        int next = end < flat.length() ? flat.codePointAt(end) : ' ';
        return !isOpen(word, next) && !isInitial(word) && !(onlyWord && isItemNumber(word));
    }

    private static boolean isOpen(String word, int next) {
        String known = word.toLowerCase(Locale.ROOT);
        return ALWAYS_OPEN.contains(known)
                || (BEFORE_NUMBERS.contains(known) && Character.isDigit(next))
                || (MAY_END.contains(known) && !Character.isUpperCase(next));
    }

    private static boolean beginsInLowerCase(String flat, int end) {
        return end < flat.length() && Character.isLowerCase(flat.codePointAt(end));
    }

    /** The word before the final full stop, without brackets that open before it. */
    private static String lastWord(String sentence) {
        int end = sentence.length() - 1;
        int start = end;
        while (start > 0 && !Character.isWhitespace(sentence.charAt(start - 1)) && sentence.charAt(start - 1) != '(') {
            start--;
        }
        return sentence.substring(start, end);
    }

    private static boolean isInitial(String word) {
        return word.length() == 1 && Character.isUpperCase(word.charAt(0));
    }

    private static boolean isItemNumber(String word) {
        return word.length() == 1
                || (word.length() <= 5 && word.chars().allMatch(c -> Character.isDigit(c) || c == '.' || c == '-'));
    }
}

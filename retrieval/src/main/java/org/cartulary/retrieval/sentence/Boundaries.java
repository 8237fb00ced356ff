package org.cartulary.retrieval.sentence;

import java.util.Locale;
import java.util.Set;
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

    private static final Pattern LOOSE_STOP = Pattern.compile("\\s[.!?]\\s+");

    private Boundaries() {}

    /**
     * Where the text up to the next free-standing stop ends. Old type-written texts set stops apart and know no
     * capitals, so that no other rule finds their sentences.
     */
    static int looseStop(String flat, int from) {
        Matcher stop = LOOSE_STOP.matcher(flat);
        return stop.find(from) ? stop.end() : flat.length();
    }

    /**
     * Whether a sentence that began at {@code start} ends before {@code end}.
     *
     * @param flat text without line feeds
     */
    static boolean isSentenceEnd(String flat, int start, int end) {
        String sentence = flat.substring(start, end).stripTrailing();
        if (beginsInLowerCase(flat, end)) {
            return false;
        }
        if (!sentence.endsWith(".")) {
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

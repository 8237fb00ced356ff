package org.cartulary.ingest.structure;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cartulary.ingest.text.NormalisedText;

/**
 * Tells headings by their words, for formats that only show them by looks (PDF, plain text): entries of the outline,
 * numbered lines ("4.2 Gentamicin"), short lines in capitals or title case before a text. A modest rule: a missed heading
 * costs an anchor, a false one cuts a passage short.
 */
final class HeadingRules {
    private static final int MOST_CHARACTERS = 90;
    private static final int MOST_WORDS = 12;
    private static final int MOST_TITLE_WORDS = 8;
    private static final int MOST_SECTIONS = 30;
    private static final Pattern NAMED = Pattern.compile(
            "(?i)(?:chapter|section|part|appendix|annex)\\s+(?:\\d{1,2}|[A-Z]|[IVX]{1,5})\\b[.:)]?(?:\\s.*)?");
    /** A single capital needs its point or bracket ("A. Purpose"): "I" and "A" begin sentences. */
    private static final Pattern NUMBERED =
            Pattern.compile("((?:\\d{1,2}|[A-Z](?=[.)]))(?:\\.\\d{1,2}){0,4})[.:)]?\\s+(?:[-–—]\\s*)?\\p{Lu}.*");

    private static final Pattern ENDS_LIKE_TEXT = Pattern.compile(".*[.,;:?!)\\]…-]$");
    private static final Pattern CONTENTS_ENTRY =
            Pattern.compile(".*(\\.{3,}|\\s)\\s*(\\d{1,4}|[ivxlc]{1,6}|\\d+-\\d+)$");
    private static final Set<String> SMALL_WORDS = Set.of(
            "a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with", "&", "–",
            "-");
    private static final Set<String> TOP = Set.of(
            "references",
            "bibliography",
            "appendix",
            "appendices",
            "acknowledgements",
            "acknowledgments",
            "index",
            "contents",
            "abstract",
            "glossary",
            "table of contents");

    private final Map<String, Integer> outline = new HashMap<>();
    private final SectionSequence sections = new SectionSequence();
    private int numberedLevel;

    void addBookmark(String title, int level) {
        outline.putIfAbsent(key(title), level);
    }

    /** The level of a heading that this line is, if it is one. Lines must be given in order. */
    Optional<Integer> level(String line, boolean beforeText) {
        Integer marked = outline.get(key(line));
        if (marked != null) {
            numberedLevel = marked;
            note(line);
            return Optional.of(marked);
        }
        if (!isShort(line) || CONTENTS_ENTRY.matcher(line).matches()) {
            return Optional.empty();
        }
        Optional<Integer> number = numbered(line);
        number.ifPresent(level -> {
            numberedLevel = level;
            note(line);
        });
        if (number.isPresent() || !beforeText || !(inCapitals(line) || inTitleCase(line))) {
            return number;
        }
        return Optional.of(TOP.contains(line.toLowerCase(Locale.ROOT)) ? 1 : numberedLevel + 1);
    }

    /** Only the patterns that need no neighbourhood: for the first line of a longer paragraph. */
    Optional<Integer> certainLevel(String line) {
        boolean marked = outline.containsKey(key(line));
        return marked
                        || (isShort(line)
                                && !CONTENTS_ENTRY.matcher(line).matches()
                                && numbered(line).isPresent())
                ? level(line, true)
                : Optional.empty();
    }

    private Optional<Integer> numbered(String line) {
        if (NAMED.matcher(line).matches()) {
            return Optional.of(1);
        }
        Matcher matcher = NUMBERED.matcher(line);
        if (!matcher.matches() || !isSection(matcher.group(1), line.substring(matcher.end(1) + 1))) {
            return Optional.empty();
        }
        String number = matcher.group(1);
        boolean counts = !Character.isDigit(number.charAt(0)) || sections.isNext(number, hasPoint(line, number));
        return counts ? Optional.of(number.split("\\.", -1).length) : Optional.empty();
    }

    /** A chapter begins its own numbers; a number goes on from the last one. */
    private void note(String line) {
        Matcher matcher = NUMBERED.matcher(line);
        if (NAMED.matcher(line).matches()) {
            sections.restart();
        } else if (matcher.matches() && Character.isDigit(line.charAt(0))) {
            sections.add(matcher.group(1), hasPoint(line, matcher.group(1)));
        }
    }

    private static boolean hasPoint(String line, String number) {
        return line.length() > number.length() && line.charAt(number.length()) == '.';
    }

    /**
     * "36 Board of Directors" is a line of a table of contents that puts its numbers first; "O. Sanni, A. Popoola" are
     * names.
     */
    private static boolean isSection(String number, String title) {
        if (number.matches("\\d+")) {
            int section = Integer.parseInt(number);
            return section >= 1 && section <= MOST_SECTIONS;
        }
        return Character.isDigit(number.charAt(0)) || (title.indexOf(',') < 0 && title.indexOf('.') < 0);
    }

    private static boolean isShort(String line) {
        return line.length() <= MOST_CHARACTERS
                && line.split(" ", -1).length <= MOST_WORDS
                && line.chars().filter(Character::isLetter).count() >= 3
                && !ENDS_LIKE_TEXT.matcher(line).matches();
    }

    private static boolean inCapitals(String line) {
        return line.chars().filter(Character::isLetter).allMatch(Character::isUpperCase)
                && line.chars().filter(Character::isLetter).count() >= 4;
    }

    private static boolean inTitleCase(String line) {
        String[] words = line.split(" ", -1);
        boolean capitalised = words.length <= MOST_TITLE_WORDS && Character.isUpperCase(line.codePointAt(0));
        for (String word : words) {
            boolean small = SMALL_WORDS.contains(word.toLowerCase(Locale.ROOT));
            boolean starts = Character.isUpperCase(word.codePointAt(0))
                    && word.codePoints().allMatch(HeadingRules::isWordlike);
            capitalised &= small || starts;
        }
        return capitalised;
    }

    private static boolean isWordlike(int c) {
        return Character.isLetter(c) || "'’-/&,".indexOf(c) >= 0;
    }

    /** A bookmark may or may not carry the number that the page shows. */
    private static String key(String title) {
        return NormalisedText.of(title)
                .toLowerCase(Locale.ROOT)
                .replaceFirst("^((chapter|section)\\s+)?[\\d.]+[.:)]?\\s+", "");
    }
}

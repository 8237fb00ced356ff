package org.cartulary.ingest.structure;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Joins the lines of a paragraph and mends words cut at line ends. A hyphen stays where the document elsewhere writes the
 * word with one ("dual-encoder"), or knows both its halves as words but not the two as one.
 */
final class LineJoiner {
    private static final Pattern HYPHENATED = Pattern.compile("\\p{L}+(?:-\\p{L}+)+");
    private static final Pattern START = Pattern.compile("^(\\p{Ll}\\p{L}*)");
    private static final Pattern WORD = Pattern.compile("(?<![\\p{L}-])\\p{L}{3,}(?![\\p{L}-])");
    private final Set<String> compounds = new HashSet<>();
    private final Set<String> words = new HashSet<>();

    /** @param lines all lines of the document, for its own spelling of compounds */
    LineJoiner(List<String> lines) {
        for (String line : lines) {
            for (Matcher found = HYPHENATED.matcher(line); found.find(); ) {
                compounds.add(found.group().toLowerCase(Locale.ROOT));
            }
            for (Matcher found = WORD.matcher(line); found.find(); ) {
                words.add(found.group().toLowerCase(Locale.ROOT));
            }
        }
    }

    String join(List<String> lines) {
        StringBuilder joined = new StringBuilder();
        for (String raw : lines) {
            String line = raw.strip();
            if (!line.isEmpty()) {
                append(joined, line);
            }
        }
        return joined.toString();
    }

    private void append(StringBuilder joined, String line) {
        if (joined.isEmpty()) {
            joined.append(line);
            return;
        }
        String before = lastWord(joined);
        if (before.isEmpty()) {
            joined.append(' ').append(line);
            return;
        }
        Matcher start = START.matcher(line);
        boolean mend = start.find() && !isCompound(before, start.group(1));
        joined.setLength(joined.length() - 1);
        joined.append(mend ? "" : "-").append(line);
    }

    /** The letters before a hyphen at the end; "" where there is none. Looks only at the end: lines are many. */
    private static String lastWord(StringBuilder joined) {
        int end = joined.length() - 1;
        if ("-\u00AD\u2010".indexOf(joined.charAt(end)) < 0) {
            return "";
        }
        int start = end;
        while (start > 0 && Character.isLetter(joined.charAt(start - 1))) {
            start--;
        }
        return joined.substring(start, end);
    }

    /** Written with its hyphen elsewhere, or made of two words of the document that are no word together. */
    private boolean isCompound(String before, String after) {
        String first = before.toLowerCase(Locale.ROOT);
        boolean twoWords = words.contains(first) && words.contains(after) && !words.contains(first + after);
        return twoWords || compounds.contains(first + "-" + after);
    }
}

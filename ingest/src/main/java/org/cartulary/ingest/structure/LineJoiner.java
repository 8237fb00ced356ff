package org.cartulary.ingest.structure;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Joins the lines of a paragraph and mends words cut at line ends. A hyphen stays where the document elsewhere writes the
 * word with one ("dual-encoder").
 */
final class LineJoiner {
    private static final Pattern HYPHENATED = Pattern.compile("\\p{L}+(?:-\\p{L}+)+");
    private static final Pattern CUT = Pattern.compile("(\\p{L}+)[-\u00AD\u2010]$");
    private static final Pattern START = Pattern.compile("^(\\p{Ll}\\p{L}*)");
    private final Set<String> compounds = new HashSet<>();

    /** @param lines all lines of the document, for its own spelling of compounds */
    LineJoiner(List<String> lines) {
        for (String line : lines) {
            for (Matcher found = HYPHENATED.matcher(line); found.find(); ) {
                compounds.add(found.group().toLowerCase(Locale.ROOT));
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
        Matcher cut = CUT.matcher(joined);
        Matcher start = START.matcher(line);
        if (joined.isEmpty()) {
            joined.append(line);
        } else if (cut.find() && start.find()) {
            String compound = (cut.group(1) + "-" + start.group(1)).toLowerCase(Locale.ROOT);
            joined.setLength(joined.length() - 1);
            joined.append(compounds.contains(compound) ? "-" : "").append(line);
        } else {
            joined.append(' ').append(line);
        }
    }
}

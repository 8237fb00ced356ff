package org.cartulary.retrieval.identifier;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cartulary.retrieval.identifier.Identifier.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Finds identifiers in texts, by their shapes in German and English. What two shapes could be is what the earlier one in the
 * list of shapes says.
 */
public final class Identifiers {
    /** Most of a question; the first count. */
    public static final int MOST = 20;

    /** {@code (3)} at the beginning of a line, as statutes number their subsections. */
    private static final Pattern SUBSECTION = Pattern.compile("(?m)^\\s*\\((\\d{1,3}[a-z]?)\\)\\s");
    /** {@code 4.2 Hand hygiene}, as headings are numbered. */
    private static final Pattern NUMBERED = Pattern.compile("(?:^|> |\\n)\\s*(\\d{1,3}(?:\\.\\d{1,3})*)\\.?\\s+\\p{L}");

    private Identifiers() {}

    /** The identifiers of a text in the order of their shapes, none twice. */
    public static List<Identifier> in(String text) {
        Map<String, Identifier> found = new LinkedHashMap<>();
        boolean[] taken = new boolean[text.length()];
        for (Shape shape : Shape.ALL) {
            Matcher matcher = shape.pattern().matcher(text);
            while (matcher.find()) {
                Identifier identifier = taken[matcher.start()] ? null : read(shape, matcher);
                if (identifier != null) {
                    Arrays.fill(taken, matcher.start(), matcher.end(), true);
                    found.putIfAbsent(identifier.key(), identifier);
                }
            }
        }
        return new ArrayList<>(found.values());
    }

    /**
     * What a passage can be found by: all its identifiers and what they are part of. A subsection is one of the paragraph that
     * its heading names.
     */
    public static SortedSet<String> keys(String title, @Nullable String heading, String text) {
        String above = heading == null ? title : title + "\n" + heading;
        SortedSet<String> keys = new TreeSet<>();
        List<Identifier> ofHeading = in(above);
        ofHeading.forEach(identifier -> keys.addAll(identifier.levels()));
        in(text).forEach(identifier -> keys.addAll(identifier.levels()));
        if (heading != null) {
            Matcher numbered = NUMBERED.matcher(heading);
            while (numbered.find()) {
                keys.addAll(Shape.dotted(Kind.SECTION, numbered.group(1)));
            }
        }
        ofHeading.stream()
                .filter(identifier -> identifier.kind() == Kind.PARAGRAPH || identifier.kind() == Kind.ARTICLE)
                .filter(identifier -> identifier.levels().size() == 1)
                .forEach(whole -> addSubsections(whole, text, keys));
        return keys;
    }

    private static void addSubsections(Identifier whole, String text, SortedSet<String> keys) {
        Matcher subsection = SUBSECTION.matcher(text);
        while (subsection.find()) {
            keys.add(whole.key() + "/" + subsection.group(1));
        }
    }

    private static @Nullable Identifier read(Shape shape, Matcher matcher) {
        List<String> levels = shape.levels(matcher);
        return levels.isEmpty()
                ? null
                : new Identifier(shape.kind(), matcher.group().strip(), levels);
    }
}

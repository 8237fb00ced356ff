package org.cartulary.inference.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.cartulary.inference.grammar.Symbol.*;
import org.jspecify.annotations.Nullable;

/** Characters of a pattern, as ranges of code points. Surrogates are never among them. */
final class CharacterSet {
    private static final int LAST = 0x10FFFF;

    private final TreeMap<Integer, Integer> ranges = new TreeMap<>();

    CharacterSet add(int from, int to) {
        int start = from;
        int end = to;
        var before = ranges.floorEntry(from);
        if (before != null && before.getValue() >= from - 1) {
            start = before.getKey();
            end = Math.max(end, before.getValue());
        }
        for (var next = ranges.ceilingEntry(start);
                next != null && next.getKey() <= end + 1;
                next = ranges.ceilingEntry(start)) {
            end = Math.max(end, next.getValue());
            ranges.remove(next.getKey());
        }
        ranges.put(start, end);
        return this;
    }

    CharacterSet add(CharacterSet other) {
        other.ranges.forEach(this::add);
        return this;
    }

    /** All others, from the space on: a control character is only matched where a pattern names it. */
    CharacterSet complement() {
        CharacterSet others = new CharacterSet();
        int from = ' ';
        for (var range : ranges.entrySet()) {
            if (range.getKey() > from) {
                others.add(from, range.getKey() - 1);
            }
            from = Math.max(from, range.getValue() + 1);
        }
        if (from <= LAST) {
            others.add(from, LAST);
        }
        return others;
    }

    /** The one character of a set that has one. */
    int only() {
        return ranges.firstKey();
    }

    boolean has(int character) {
        var range = ranges.floorEntry(character);
        return range != null && range.getValue() >= character;
    }

    /** The set as it stands in a JSON string, where some characters are escaped; null where nothing is left of it. */
    @Nullable
    Symbol symbol() {
        List<Symbol> options = new ArrayList<>();
        String plain = plain();
        if (!plain.isEmpty()) {
            options.add(new OneOf(plain));
        }
        for (String escape : List.of("\"\"", "\\\\", "\nn", "\tt", "\rr")) {
            if (has(escape.charAt(0))) {
                options.add(new Literal("\\" + escape.charAt(1)));
            }
        }
        return options.isEmpty() ? null : Symbol.choice(options);
    }

    private String plain() {
        StringBuilder out = new StringBuilder();
        CharacterSet allowed = new CharacterSet();
        for (int[] block : new int[][] {{' ', '!'}, {'#', '['}, {']', '~'}, {0x80, 0xD7FF}, {0xE000, LAST}}) {
            ranges.forEach((from, to) -> {
                if (Math.max(from, block[0]) <= Math.min(to, block[1])) {
                    allowed.add(Math.max(from, block[0]), Math.min(to, block[1]));
                }
            });
        }
        allowed.ranges.forEach((from, to) -> {
            out.append(written(from));
            if (to > from) {
                out.append(to > from + 1 ? "-" : "").append(written(to));
            }
        });
        return out.toString();
    }

    static String written(int character) {
        if (character > 0xFFFF) {
            return "\\U%08X".formatted(character);
        }
        boolean plain = Character.isLetterOrDigit(character) && character < 0x80;
        return plain
                ? String.valueOf((char) character)
                : character < 0x100 ? "\\x%02X".formatted(character) : "\\u%04X".formatted(character);
    }
}

package org.cartulary.inference.grammar;

/**
 * A character read byte by byte, as a number: what is known of it so far. Only the shortest forms of Unicode's
 * characters, without surrogates and NUL, are read, so that whatever a grammar lets through is text.
 */
final class Utf8 {
    /** No byte of the next character is read. Equal to a NUL that is read whole, which is never let through. */
    static final int NONE = 0;

    /** What was read is no character. */
    static final int INVALID = -1;

    private static final int VALUE_BITS = 21;
    private static final int VALUE = (1 << VALUE_BITS) - 1;
    private static final int LEFT_BITS = 2;
    private static final int LEFT = (1 << LEFT_BITS) - 1;
    private static final int LENGTH_SHIFT = VALUE_BITS + LEFT_BITS;

    private Utf8() {}

    /** One byte more. What is whole stands for {@link #NONE} as the beginning of the next character. */
    static int read(int before, byte next) {
        if (isWhole(before)) {
            return begin(next & 0xFF);
        }
        if ((next & 0xC0) != 0x80) {
            return INVALID;
        }
        return checked(before >>> LENGTH_SHIFT, left(before) - 1, (codePoint(before) << 6) | (next & 0x3F));
    }

    private static int begin(int next) {
        if (next < 0x80) {
            return next == 0 ? INVALID : next;
        }
        if (next < 0xC2 || next > 0xF4) {
            return INVALID;
        }
        int length = next < 0xE0 ? 2 : next < 0xF0 ? 3 : 4;
        return checked(length, length - 1, next & (0x7F >> length));
    }

    private static int checked(int length, int left, int value) {
        int read = (length << LENGTH_SHIFT) | (left << VALUE_BITS) | value;
        return lowest(read) > highest(read) ? INVALID : left == 0 ? value : read;
    }

    static boolean isWhole(int read) {
        return left(read) == 0;
    }

    private static int left(int read) {
        return (read >>> VALUE_BITS) & LEFT;
    }

    /** The character, when it is whole. */
    static int codePoint(int read) {
        return read & VALUE;
    }

    /** The lowest code point that it may become. */
    static int lowest(int read) {
        int shortest = switch (read >>> LENGTH_SHIFT) {
            case 3 -> 0x800;
            case 4 -> 0x10000;
            default -> 0x80;
        };
        int lowest = Math.max(shortest, codePoint(read) << (6 * left(read)));
        return lowest >= Character.MIN_SURROGATE && lowest <= Character.MAX_SURROGATE
                ? Character.MAX_SURROGATE + 1
                : lowest;
    }

    /** The highest code point that it may become. */
    static int highest(int read) {
        int highest = Math.min(Character.MAX_CODE_POINT, ((codePoint(read) + 1) << (6 * left(read))) - 1);
        return highest >= Character.MIN_SURROGATE && highest <= Character.MAX_SURROGATE
                ? Character.MIN_SURROGATE - 1
                : highest;
    }
}

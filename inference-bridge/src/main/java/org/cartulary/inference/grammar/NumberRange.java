package org.cartulary.inference.grammar;

import java.util.ArrayList;
import java.util.List;
import org.cartulary.inference.grammar.Symbol.*;
import org.jspecify.annotations.Nullable;

/** Numbers between two whole bounds, digit by digit. */
final class NumberRange {
    /** Largest bound: numbers have up to sixteen digits. */
    static final long MAX_BOUND = 999_999_999_999_999L;

    private static final int MAX_DIGITS = 16;

    private NumberRange() {}

    /** Whole numbers from one bound to the other; null for none. */
    static Symbol integers(@Nullable Long least, @Nullable Long most) {
        return signed(least, most, NumberRange::magnitudes);
    }

    /** Numbers with up to sixteen decimals, without an exponent. */
    static Symbol decimals(@Nullable Long least, @Nullable Long most, Symbol fraction) {
        return signed(least, most, (low, high) -> reals(low, high, fraction));
    }

    private interface Magnitude {
        Symbol between(long low, @Nullable Long high);
    }

    private static Symbol signed(@Nullable Long least, @Nullable Long most, Magnitude magnitude) {
        List<Symbol> options = new ArrayList<>();
        if (most == null || most >= 0) {
            options.add(magnitude.between(least == null ? 0 : Math.max(0, least), most));
        }
        if (least == null || least < 0) {
            long low = most == null || most >= 0 ? 0 : -most;
            options.add(Symbol.sequence(new Literal("-"), magnitude.between(low, least == null ? null : -least)));
        }
        return Symbol.choice(options);
    }

    private static Symbol reals(long low, @Nullable Long high, Symbol fraction) {
        if (high == null) {
            return Symbol.sequence(magnitudes(low, null), Symbol.optional(fraction));
        }
        Symbol zeros = Symbol.optional(Symbol.sequence(new Literal("."), new Repeat(new Literal("0"), 1, 16)));
        Symbol end = Symbol.sequence(new Literal(Long.toString(high)), zeros);
        return low == high
                ? end
                : new Choice(List.of(Symbol.sequence(magnitudes(low, high - 1), Symbol.optional(fraction)), end));
    }

    /** Whole numbers that are not negative. */
    private static Symbol magnitudes(long low, @Nullable Long high) {
        List<Symbol> options = new ArrayList<>();
        long from = low;
        int digits = Long.toString(low).length();
        long last = ceiling(digits);
        while (digits < MAX_DIGITS
                && (high == null ? digits == Long.toString(low).length() : last < high)) {
            options.add(sameLength(Long.toString(from), Long.toString(last)));
            from = last + 1;
            digits++;
            last = ceiling(digits);
        }
        if (high == null) {
            options.add(Symbol.sequence(new OneOf("1-9"), new Repeat(new OneOf("0-9"), digits - 1, MAX_DIGITS - 1)));
        } else {
            options.add(sameLength(Long.toString(from), Long.toString(high)));
        }
        return Symbol.choice(options);
    }

    private static long ceiling(int digits) {
        return Long.parseLong("9".repeat(digits));
    }

    private static Symbol sameLength(String low, String high) {
        int common = 0;
        while (common < low.length() && low.charAt(common) == high.charAt(common)) {
            common++;
        }
        if (common == low.length()) {
            return new Literal(low);
        }
        Symbol rest = differing(low.substring(common), high.substring(common));
        return common == 0 ? rest : Symbol.sequence(new Literal(low.substring(0, common)), rest);
    }

    /** Digits that differ in the first place. */
    private static Symbol differing(String low, String high) {
        int more = low.length() - 1;
        char first = low.charAt(0);
        char last = high.charAt(0);
        if (more == 0) {
            return digit(first, last);
        }
        List<Symbol> options = new ArrayList<>();
        boolean wholeFirst = low.substring(1).equals("0".repeat(more));
        boolean wholeLast = high.substring(1).equals("9".repeat(more));
        if (!wholeFirst) {
            options.add(Symbol.sequence(digit(first, first), sameLength(low.substring(1), "9".repeat(more))));
        }
        char from = wholeFirst ? first : (char) (first + 1);
        char to = wholeLast ? last : (char) (last - 1);
        if (from <= to) {
            options.add(Symbol.sequence(digit(from, to), new Repeat(new OneOf("0-9"), more, more)));
        }
        if (!wholeLast) {
            options.add(Symbol.sequence(digit(last, last), sameLength("0".repeat(more), high.substring(1))));
        }
        return Symbol.choice(options);
    }

    private static Symbol digit(char from, char to) {
        return from == to ? new Literal(String.valueOf(from)) : new OneOf(from + "-" + to);
    }
}

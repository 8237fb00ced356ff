package org.cartulary.inference.grammar;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a rule of a grammar is made of. */
sealed interface Symbol {
    Symbol NOTHING = new Sequence(List.of());

    /** These characters, at least one. */
    record Literal(String text) implements Symbol {}

    /** One of a set of characters, as GBNF writes it between brackets. */
    record OneOf(String set) implements Symbol {}

    record Reference(String rule) implements Symbol {}

    record Sequence(List<Symbol> parts) implements Symbol {}

    /** One of several; of none, for what cannot be. */
    record Choice(List<Symbol> options) implements Symbol {}

    /**
     * The same again and again.
     *
     * @param most null for without end
     */
    record Repeat(Symbol part, int least, @Nullable Integer most) implements Symbol {}

    static Symbol sequence(Symbol... parts) {
        return new Sequence(List.of(parts));
    }

    static Symbol optional(Symbol part) {
        return new Repeat(part, 0, 1);
    }

    /** Equal options are one: each would be another reading of the same text. */
    static Symbol choice(List<Symbol> options) {
        List<Symbol> different = options.stream().distinct().toList();
        return different.size() == 1 ? different.getFirst() : new Choice(different);
    }
}

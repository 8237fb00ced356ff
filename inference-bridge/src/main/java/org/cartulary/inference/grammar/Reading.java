package org.cartulary.inference.grammar;

import org.cartulary.inference.grammar.Element.Kind;
import org.jspecify.annotations.Nullable;

/** Where characters and tokens lead in a grammar, each question answered once. One thread. */
final class Reading {
    private final RuleTable rules;
    private final Effort effort;
    private final WaysTable table;
    private final Ways none;

    Reading(Gbnf grammar, Effort effort) {
        this.rules = grammar.rules();
        this.effort = effort;
        this.table = new WaysTable(effort);
        this.none = table.none();
    }

    /** No way to go on. */
    Ways none() {
        return none;
    }

    Ways start() {
        return new Closure(rules, table, effort).root().ways();
    }

    /** Where one comes by a character; none where it does not fit. */
    Ways after(Ways here, int codePoint) {
        int characterClass = rules.classes().of(codePoint);
        Ways known = here.target(characterClass);
        if (known != null) {
            return known;
        }
        Ways found = found(here, characterClass);
        here.remember(characterClass, found);
        return found;
    }

    private Ways found(Ways here, int characterClass) {
        Closure closure = null;
        effort.spend(1 + here.ways().size());
        for (Way way : here.ways()) {
            Element element = rules.element(way.at());
            if (element.kind() == Kind.CHARACTERS && rules.classes().has(element.value(), characterClass)) {
                closure = behind(closure, way);
            }
        }
        return closure == null ? none : closure.ways();
    }

    /** Whether some character may come next that begins with what was read of it. */
    boolean mayBegin(Ways here, int read) {
        int lowest = Utf8.lowest(read);
        int highest = Utf8.highest(read);
        for (Way way : here.ways()) {
            Element element = rules.element(way.at());
            if (element.kind() == Kind.CHARACTERS && rules.classes().meets(element.value(), lowest, highest)) {
                return true;
            }
        }
        return false;
    }

    /** Where one comes by a token as a whole, or by its characters, which lead to the other ways. */
    Ways afterToken(Ways here, int token, Ways byCharacters) {
        Closure closure = null;
        for (Way way : here.ways()) {
            if (names(rules.element(way.at()), token)) {
                closure = behind(closure, way);
            }
        }
        return closure == null ? byCharacters : closure.with(byCharacters).ways();
    }

    private Closure behind(@Nullable Closure closure, Way way) {
        return (closure == null ? new Closure(rules, table, effort) : closure).behind(way);
    }

    /** Whether the grammar asks for tokens here, and not only for characters. */
    boolean namesTokens(Ways here) {
        return here.ways().stream().anyMatch(way -> isToken(rules.element(way.at())));
    }

    /** Whether the token as a whole may come next. */
    boolean names(Ways here, int token) {
        return here.ways().stream().anyMatch(way -> names(rules.element(way.at()), token));
    }

    private static boolean isToken(Element element) {
        return element.kind() == Kind.TOKEN || element.kind() == Kind.OTHER_TOKEN;
    }

    private static boolean names(Element element, int token) {
        return isToken(element) && (element.value() == token) == (element.kind() == Kind.TOKEN);
    }

    /** Drops what was worked out for ways that the answer no longer takes. */
    void trim(Ways here) {
        table.trim(here);
    }
}

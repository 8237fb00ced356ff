package org.cartulary.inference.grammar;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cartulary.inference.grammar.Element.Kind;

/** Where characters and tokens lead in a grammar, each question answered once. One thread. */
final class Reading {
    /** Ways that are looked at for the price of one that is followed. */
    private static final int LOOKS = 8;

    private final RuleTable rules;
    private final Effort effort;
    private final WaysTable table;
    private final Ways none;

    /** Where the same ways lead, whichever of their characters comes. */
    private final Map<List<Way>, Ways> behind = new HashMap<>();

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
        effort.spend(1 + here.ways().size() / LOOKS);
        List<Way> fitting = new ArrayList<>();
        for (Way way : here.ways()) {
            Element element = rules.element(way.at());
            if (element.kind() == Kind.CHARACTERS && rules.classes().has(element.value(), characterClass)) {
                fitting.add(way);
            }
        }
        if (fitting.isEmpty()) {
            return none;
        }
        Ways known = behind.get(fitting);
        return known == null ? follow(fitting) : known;
    }

    private Ways follow(List<Way> fitting) {
        Ways found = new Closure(rules, table, effort).behind(fitting).ways();
        behind.put(fitting, found);
        return found;
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
        List<Way> naming = here.ways().stream()
                .filter(way -> names(rules.element(way.at()), token))
                .toList();
        return new Closure(rules, table, effort)
                .behind(naming)
                .with(byCharacters)
                .ways();
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

    /** Where much was worked out, drops what is for ways that the answer no longer takes. */
    boolean trim(Ways here) {
        boolean trimmed = table.trim(here);
        if (trimmed) {
            behind.clear();
        }
        return trimmed;
    }
}

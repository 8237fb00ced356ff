package org.cartulary.inference.grammar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.cartulary.inference.grammar.SchemaRefused.Unsatisfiable;
import org.cartulary.inference.grammar.Symbol.*;
import org.jspecify.annotations.Nullable;

/** Rules of objects and arrays. */
final class ContainerRules {
    /** Most members of one object that have names. */
    static final int MAX_PROPERTIES = 256;

    /**
     * Longest name of a member, in characters. Names that are not listed are told from those that are by a tree as deep
     * as the longest, and a thread's stack holds only so much of it.
     */
    static final int MAX_NAME = 256;

    private final RuleSet rules;
    private final Primitives json;
    private final SchemaRules schemas;

    /** A member of an object: its rule from the key to the end of its value. */
    private record Member(Symbol symbol, boolean required) {}

    ContainerRules(RuleSet rules, Primitives json, SchemaRules schemas) {
        this.rules = rules;
        this.json = json;
        this.schemas = schemas;
    }

    Symbol object(ObjectNode schema, String pointer) {
        Map<String, JsonNode> properties = properties(schema, pointer);
        Set<String> required = required(schema, pointer);
        JsonNode additional = schema.get("additionalProperties");
        if (properties.isEmpty()
                && required.isEmpty()
                && (additional == null || additional.equals(Schema.JSON.booleanNode(true)))) {
            return json.object();
        }
        for (String name : required) {
            properties.putIfAbsent(name, additional == null ? Schema.JSON.booleanNode(true) : additional);
        }
        if (properties.size() > MAX_PROPERTIES) {
            throw SchemaRefused.tooLarge("an object has more than " + MAX_PROPERTIES + " properties, at " + pointer);
        }
        requireShortNames(properties.keySet(), pointer);
        List<Member> members = new ArrayList<>();
        properties.forEach((name, property) -> {
            Symbol value = ifPossible(property, pointer + "/properties/" + escaped(name), required.contains(name));
            if (value != null) {
                Symbol key = new Literal(Schema.JSON.textNode(name).toString());
                members.add(new Member(member(key, value), required.contains(name)));
            }
        });
        Symbol extra = additional == null ? null : extra(additional, properties.keySet(), pointer);
        return rules.named(json.braced("{", from(0, true, members, extra, new LinkedHashMap<>()), "}"));
    }

    private static Map<String, JsonNode> properties(ObjectNode schema, String pointer) {
        Map<String, JsonNode> properties = new LinkedHashMap<>();
        if (schema.has("properties")) {
            if (!schema.get("properties").isObject()) {
                throw SchemaRefused.malformed(pointer, "\"properties\" must be an object");
            }
            schema.get("properties").properties().forEach(entry -> properties.put(entry.getKey(), entry.getValue()));
        }
        return properties;
    }

    private static void requireShortNames(Set<String> names, String pointer) {
        for (String name : names) {
            if (name.length() > MAX_NAME) {
                throw SchemaRefused.tooLarge(
                        "the name of a property has more than " + MAX_NAME + " characters, at " + pointer);
            }
        }
    }

    private static Set<String> required(ObjectNode schema, String pointer) {
        Set<String> required = new LinkedHashSet<>();
        if (schema.has("required")) {
            SchemaRules.array(schema, "required", pointer).forEach(name -> required.add(name.asText()));
        }
        return required;
    }

    private Symbol member(Symbol key, Symbol value) {
        return rules.named(Symbol.sequence(key, json.space(), new Literal(":"), json.space(), rules.named(value)));
    }

    private @Nullable Symbol ifPossible(JsonNode schema, String pointer, boolean needed) {
        try {
            return schemas.visit(schema, pointer);
        } catch (Unsatisfiable reason) {
            if (needed) {
                throw reason;
            }
            return null;
        }
    }

    /** Members beyond those that are named, or null where there are none. */
    private @Nullable Symbol extra(JsonNode additional, Set<String> names, String pointer) {
        Symbol value = ifPossible(additional, pointer + "/additionalProperties", false);
        if (value == null) {
            return null;
        }
        return member(json.quoted(rules.named(otherThan(names))), value);
    }

    /** The members from a place on; a comma comes before all but the first. */
    private Symbol from(
            int place, boolean first, List<Member> members, @Nullable Symbol extra, Map<String, Symbol> made) {
        String state = place + (first ? "first" : "");
        Symbol known = made.get(state);
        if (known != null) {
            return known;
        }
        Symbol symbol = place == members.size() ? last(first, extra) : next(place, first, members, extra, made);
        Symbol named = rules.named(symbol);
        made.put(state, named);
        return named;
    }

    private Symbol next(
            int place, boolean first, List<Member> members, @Nullable Symbol extra, Map<String, Symbol> made) {
        Member member = members.get(place);
        Symbol taken = first
                ? Symbol.sequence(member.symbol(), from(place + 1, false, members, extra, made))
                : Symbol.sequence(json.comma(), member.symbol(), from(place + 1, false, members, extra, made));
        return member.required() ? taken : new Choice(List.of(taken, from(place + 1, first, members, extra, made)));
    }

    private Symbol last(boolean first, @Nullable Symbol extra) {
        if (extra == null) {
            return Symbol.NOTHING;
        }
        Symbol more = new Repeat(rules.named(Symbol.sequence(json.comma(), extra)), 0, null);
        return first ? Symbol.optional(Symbol.sequence(extra, more)) : more;
    }

    /** Keys without escapes that are none of the names: a tree of their characters, with a way out at each. */
    private Symbol otherThan(Set<String> names) {
        Trie trie = new Trie();
        names.forEach(trie::add);
        return otherThan(trie);
    }

    private Symbol otherThan(Trie trie) {
        Symbol any = new OneOf("^\"\\\\\\x00-\\x1F\\x7F");
        Symbol rest = new Repeat(any, 0, null);
        if (trie.next.isEmpty()) {
            return trie.ends ? new Repeat(any, 1, null) : rest;
        }
        List<Symbol> options = new ArrayList<>();
        StringBuilder taken = new StringBuilder(Primitives.PLAIN_CHARACTERS);
        trie.next.forEach((character, child) -> {
            taken.append(CharacterSet.written(character));
            if (character >= 0x20 && character != '"' && character != '\\') {
                options.add(Symbol.sequence(new OneOf(CharacterSet.written(character)), rules.named(otherThan(child))));
            }
        });
        options.add(Symbol.sequence(new OneOf(taken.toString()), rest));
        Symbol some = Symbol.choice(options);
        return trie.ends ? some : Symbol.optional(some);
    }

    private static final class Trie {
        private final Map<Integer, Trie> next = new TreeMap<>();
        private boolean ends;

        void add(String name) {
            Trie at = this;
            for (int character : name.codePoints().toArray()) {
                at = at.next.computeIfAbsent(character, _ -> new Trie());
            }
            at.ends = true;
        }
    }

    Symbol array(ObjectNode schema, String pointer) {
        ArrayPlaces said = ArrayPlaces.of(schema, pointer);
        List<JsonNode> prefix = said.prefix();
        JsonNode rest = said.rest();
        int least = SchemaRules.count(schema, "minItems", 0, pointer);
        Integer most = SchemaRules.limit(schema, "maxItems", pointer);
        if (most != null && most < least) {
            throw new Unsatisfiable(pointer, "minItems " + least + " is above maxItems " + most);
        }
        boolean open = rest != null || prefix.isEmpty() || least > prefix.size();
        List<Symbol> places = new ArrayList<>();
        for (int i = 0; i < prefix.size() && (most == null || i < most); i++) {
            Symbol place = ifPossible(prefix.get(i), pointer + "/" + said.keyword() + "/" + i, i < least);
            if (place == null) {
                return listed(places, null, least, most);
            }
            places.add(rules.named(place));
        }
        Symbol more = open && (most == null || most > prefix.size())
                ? ifPossible(
                        rest == null ? Schema.JSON.booleanNode(true) : rest, pointer + "/items", least > prefix.size())
                : null;
        Integer end = rest == null && !prefix.isEmpty() && more != null ? (Integer) least : most;
        return listed(places, more == null ? null : rules.named(more), least, end);
    }

    /** A list of fixed places and then of more of one kind. */
    private Symbol listed(List<Symbol> places, @Nullable Symbol more, int least, @Nullable Integer most) {
        Symbol tail = more == null ? Symbol.NOTHING : tail(more, places.size(), least, most);
        for (int i = places.size() - 1; i >= 0; i--) {
            Symbol here = i == 0 ? places.getFirst() : Symbol.sequence(json.comma(), places.get(i));
            Symbol whole = rules.named(Symbol.sequence(here, tail));
            tail = i < least ? whole : Symbol.optional(whole);
        }
        return rules.named(json.braced("[", tail, "]"));
    }

    private Symbol tail(Symbol more, int places, int least, @Nullable Integer most) {
        Symbol next = rules.named(Symbol.sequence(json.comma(), more));
        int needed = Math.max(0, least - places);
        Integer possible = most == null ? null : (Integer) (most - places);
        if (places > 0) {
            return new Repeat(next, needed, possible);
        }
        if (possible != null && possible == 0) {
            return Symbol.NOTHING;
        }
        Symbol all = Symbol.sequence(
                more, new Repeat(next, Math.max(0, needed - 1), possible == null ? null : (Integer) (possible - 1)));
        return needed == 0 ? Symbol.optional(rules.named(all)) : all;
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}

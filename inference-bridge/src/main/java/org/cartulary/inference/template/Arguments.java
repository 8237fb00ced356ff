package org.cartulary.inference.template;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values that a filter, a test, a function or a macro is given. */
record Arguments(List<Object> positional, Map<String, Object> named) {
    static final Arguments NONE = new Arguments(List.of(), Map.of());

    /** The argument at a place or under a name, or null where it was not given. */
    @Nullable
    Object get(int place, String name) {
        return place < positional.size() ? positional.get(place) : named.get(name);
    }

    Object get(int place, String name, Object otherwise) {
        Object value = get(place, name);
        return value == null ? otherwise : value;
    }

    Object require(int place, String name) {
        Object value = get(place, name);
        if (value == null) {
            throw TemplateRefused.fault("the argument '" + name + "' is missing");
        }
        return value;
    }

    Text text(int place, String name) {
        if (require(place, name) instanceof Text text) {
            return text;
        }
        throw TemplateRefused.fault("the argument '" + name + "' must be a text");
    }

    boolean flag(int place, String name, boolean otherwise) {
        Object value = get(place, name);
        return value == null ? otherwise : Values.isTrue(value);
    }

    long number(int place, String name, long otherwise) {
        Object value = get(place, name);
        if (value == null || value instanceof Long) {
            return value == null ? otherwise : (Long) value;
        }
        throw TemplateRefused.fault("the argument '" + name + "' must be a whole number");
    }

    /** Refuses names that the callee does not know, and more values than it takes. */
    void requireAtMost(String callee, int count, String... names) {
        if (positional.size() > count || !List.of(names).containsAll(named.keySet())) {
            throw TemplateRefused.fault("'" + callee + "' was given arguments that it does not take");
        }
    }

    /** Without the first. */
    Arguments rest(int skipped) {
        return new Arguments(positional.subList(Math.min(skipped, positional.size()), positional.size()), named);
    }
}

package org.cartulary.inference.template;

import java.util.LinkedHashMap;
import java.util.Map;

/** What {@code namespace()} makes: the one value that can be changed, so that a loop can leave something behind. */
final class Namespace {
    private final Map<String, Object> values = new LinkedHashMap<>();

    Object get(String name) {
        Object value = values.get(name);
        return value == null ? new Undefined(name) : value;
    }

    void set(String name, Object value) {
        values.put(name, value);
    }

    @Override
    public String toString() {
        return "<Namespace>";
    }
}

package org.cartulary.inference.template;

import java.util.List;

/** A list, or a tuple, which prints with other brackets. */
record Sequence(List<Object> elements, boolean tuple) {
    static Sequence list(List<?> elements) {
        return new Sequence(List.copyOf(elements), false);
    }

    static Sequence pair(Object first, Object second) {
        return new Sequence(List.of(first, second), true);
    }
}

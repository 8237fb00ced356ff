package org.cartulary.inference.template;

import java.util.List;
import java.util.function.Function;

/** The variable {@code loop}: where a loop stands. */
final class Loop implements Callable {
    private final List<Object> elements;
    private final int depth;
    private final Budget budget;
    private final Function<Object, Text> nested;
    private int index;
    private Object lastSeen = new Undefined("changed");

    /** @param nested runs the loop over other elements, for one that is recursive */
    Loop(List<Object> elements, int depth, Budget budget, Function<Object, Text> nested) {
        this.elements = elements;
        this.depth = depth;
        this.budget = budget;
        this.nested = nested;
    }

    void at(int place) {
        index = place;
    }

    Object attribute(String name) {
        return switch (name) {
            case "index" -> index + 1L;
            case "index0" -> (long) index;
            case "revindex" -> (long) elements.size() - index;
            case "revindex0" -> elements.size() - index - 1L;
            case "first" -> index == 0;
            case "last" -> index == elements.size() - 1;
            case "length" -> (long) elements.size();
            case "depth" -> depth + 1L;
            case "depth0" -> (long) depth;
            case "previtem" -> index == 0 ? new Undefined(name) : elements.get(index - 1);
            case "nextitem" -> index == elements.size() - 1 ? new Undefined(name) : elements.get(index + 1);
            case "cycle" -> (Callable) arguments -> cycle(arguments.positional());
            case "changed" -> (Callable) this::changed;
            default -> new Undefined(name);
        };
    }

    @Override
    public Object call(Arguments arguments) {
        return nested.apply(arguments.require(0, "elements"));
    }

    private Object cycle(List<Object> values) {
        if (values.isEmpty()) {
            throw TemplateRefused.fault("there is nothing to cycle through");
        }
        return values.get(index % values.size());
    }

    private Object changed(Arguments arguments) {
        Object now = new Sequence(arguments.positional(), true);
        boolean same = Values.areEqual(lastSeen, now, budget, 0);
        lastSeen = now;
        return !same;
    }
}

package org.cartulary.inference.template;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a template can ask a dict. */
final class DictMethods {
    private DictMethods() {}

    static @Nullable Callable of(Map<?, ?> map, String name, Budget budget) {
        return switch (name) {
            case "items" -> _ -> items(map, budget);
            case "keys" -> _ -> listed(map.keySet(), budget);
            case "values" -> _ -> listed(map.values(), budget);
            case "copy" -> _ -> map;
            case "get" ->
                arguments -> {
                    Object value = map.get(Values.key(arguments.require(0, "key"), budget));
                    return value == null ? arguments.get(1, "default", None.NONE) : value;
                };
            case "pop", "popitem", "clear", "update", "setdefault" -> Members.refused(name);
            default -> null;
        };
    }

    private static Sequence listed(Collection<?> elements, Budget budget) {
        budget.elements(elements.size());
        return Sequence.list(List.copyOf(elements));
    }

    static Sequence items(Map<?, ?> map, Budget budget) {
        budget.elements(map.size());
        List<Object> items = new ArrayList<>();
        map.forEach((key, value) -> items.add(Sequence.pair(key, value)));
        return Sequence.list(items);
    }
}

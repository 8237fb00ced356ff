package org.cartulary.inference.template;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cartulary.inference.template.TemplateRefused.Reason;

/** The functions that every template knows. */
final class Functions {
    private static final int MAX_MESSAGE = 400;

    /** Steps for each character of a date's format: a field is written by a formatter that is made for it. */
    private static final int STEPS_OF_A_FIELD = 32;

    private Functions() {}

    /** @param now for templates that write the date */
    static Map<String, Callable> in(Budget budget, LocalDateTime now) {
        return Map.of(
                "range", arguments -> range(arguments, budget),
                "namespace", arguments -> namespace(arguments, budget),
                "dict", arguments -> dict(arguments, budget),
                "strftime_now", arguments -> date(arguments.text(0, "format"), now, budget),
                "raise_exception", arguments -> raise(arguments, budget));
    }

    private static Object raise(Arguments arguments, Budget budget) {
        String message =
                PythonText.str(arguments.get(0, "message", Text.EMPTY), budget).value();
        throw new TemplateRefused(
                Reason.RAISED, message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE) : message);
    }

    private static Object range(Arguments arguments, Budget budget) {
        List<Object> given = arguments.positional();
        long start = given.size() > 1 ? arguments.number(0, "start", 0) : 0;
        long stop = given.size() > 1 ? arguments.number(1, "stop", 0) : arguments.number(0, "stop", 0);
        long step = arguments.number(2, "step", 1);
        if (step == 0 || given.isEmpty()) {
            throw TemplateRefused.fault("'range' needs an end, and a step that is not zero");
        }
        if (Math.max(Math.abs(start), Math.abs(stop)) > Integer.MAX_VALUE) {
            throw TemplateRefused.limit("it counts beyond " + Integer.MAX_VALUE);
        }
        List<Object> numbers = new ArrayList<>();
        for (long i = start; step > 0 ? i < stop : i > stop; i += Math.clamp(step, -1L << 32, 1L << 32)) {
            Budget.requireElements(numbers.size());
            numbers.add(i);
        }
        budget.elements(numbers.size());
        return Sequence.list(numbers);
    }

    private static Object date(Text format, LocalDateTime now, Budget budget) {
        budget.spend((long) STEPS_OF_A_FIELD * Math.min(format.length(), StrfTime.MAX_FORMAT));
        return Text.own(StrfTime.format(now, format.value()));
    }

    private static Object namespace(Arguments arguments, Budget budget) {
        Namespace namespace = new Namespace();
        if (arguments.get(0, "") instanceof Map<?, ?> map) {
            budget.elements(map.size());
            map.forEach(
                    (key, value) -> namespace.set(PythonText.str(key, budget).value(), value));
        }
        arguments.named().forEach(namespace::set);
        return namespace;
    }

    private static Object dict(Arguments arguments, Budget budget) {
        Map<Object, Object> map = new LinkedHashMap<>();
        if (arguments.get(0, "") instanceof Map<?, ?> given) {
            budget.elements(given.size());
            map.putAll(given);
        }
        arguments.named().forEach((name, value) -> map.put(Text.own(name), value));
        return map;
    }
}

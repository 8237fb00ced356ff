package org.cartulary.inference.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cartulary.inference.template.Expression.*;
import org.jspecify.annotations.Nullable;

/** Computes expressions. One thread. */
final class Evaluator {
    private final Budget budget;
    private final Filters filters;

    Evaluator(Budget budget) {
        this.budget = budget;
        this.filters = new Filters(budget);
    }

    Object value(Expression expression, Scope scope) {
        budget.enter();
        Object value = compute(expression, scope);
        budget.leave();
        return value;
    }

    private Object compute(Expression expression, Scope scope) {
        return switch (expression) {
            case Literal literal -> literal.value();
            case Name name -> scope.get(name.name());
            case ListOf list -> new Sequence(values(list.elements(), scope), list.tuple());
            case DictOf dict -> dict(dict, scope);
            case Attribute attribute -> Members.attribute(value(attribute.target(), scope), attribute.name(), budget);
            case Subscript subscript ->
                Members.item(value(subscript.target(), scope), value(subscript.index(), scope), budget);
            case Slice slice -> slice(slice, scope);
            case Call call -> call(value(call.target(), scope), arguments(call.given(), scope));
            case Filter filter -> filters.apply(filter.name(), target(filter, scope), arguments(filter.given(), scope));
            case Test test ->
                Tests.holds(test.name(), value(test.target(), scope), arguments(test.given(), scope), budget);
            case Not not -> !Values.isTrue(value(not.operand(), scope));
            case Sign sign -> Operators.sign(sign.minus(), value(sign.operand(), scope));
            case Arithmetic sum ->
                Operators.apply(sum.operator(), value(sum.left(), scope), value(sum.right(), scope), budget);
            case Concatenation parts -> concatenation(parts, scope);
            case Logic logic -> {
                Object left = value(logic.left(), scope);
                yield Values.isTrue(left) == logic.and() ? value(logic.right(), scope) : left;
            }
            case Comparison comparison -> compare(comparison, scope);
            case Conditional choice -> choose(choice, scope);
        };
    }

    Arguments arguments(Given given, Scope scope) {
        if (given.positional().isEmpty() && given.named().isEmpty()) {
            return Arguments.NONE;
        }
        Map<String, Object> named = new LinkedHashMap<>();
        given.named().forEach((name, argument) -> named.put(name, value(argument, scope)));
        return new Arguments(values(given.positional(), scope), named);
    }

    Object call(Object callee, Arguments arguments) {
        if (callee instanceof Callable callable) {
            return callable.call(arguments);
        }
        throw TemplateRefused.fault(Values.typeName(callee) + " cannot be called");
    }

    /** What a chain of filters makes of the body of a block: the innermost filter, which has no target, takes it. */
    Object filtered(Filter filter, Text body, Scope scope) {
        budget.enter();
        Object subject = filter.target() instanceof Filter inner ? filtered(inner, body, scope) : body;
        Object result = filters.apply(filter.name(), subject, arguments(filter.given(), scope));
        budget.leave();
        return result;
    }

    private Object target(Filter filter, Scope scope) {
        if (filter.target() == null) {
            throw TemplateRefused.fault("a filter has nothing to work on");
        }
        return value(filter.target(), scope);
    }

    private List<Object> values(List<Expression> expressions, Scope scope) {
        List<Object> values = new ArrayList<>(expressions.size());
        for (Expression expression : expressions) {
            values.add(value(expression, scope));
        }
        return values;
    }

    private Object dict(DictOf dict, Scope scope) {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < dict.keys().size(); i++) {
            map.put(
                    Values.key(value(dict.keys().get(i), scope), budget),
                    value(dict.values().get(i), scope));
        }
        return map;
    }

    private Object slice(Slice slice, Scope scope) {
        Object target = value(slice.target(), scope);
        return Members.slice(
                target, bound(slice.from(), scope), bound(slice.to(), scope), bound(slice.step(), scope), budget);
    }

    private @Nullable Long bound(@Nullable Expression expression, Scope scope) {
        Object value = expression == null ? None.NONE : value(expression, scope);
        if (value instanceof None || value instanceof Long) {
            return value instanceof Long number ? number : null;
        }
        throw TemplateRefused.fault("a slice needs whole numbers, not " + Values.typeName(value));
    }

    private Object concatenation(Concatenation concatenation, Scope scope) {
        Text.Builder out = new Text.Builder();
        for (Expression part : concatenation.parts()) {
            Text text = PythonText.str(value(part, scope), budget);
            budget.text((long) out.length() + text.length());
            out.append(text);
        }
        return out.build();
    }

    private Object compare(Comparison comparison, Scope scope) {
        Object left = value(comparison.first(), scope);
        for (int i = 0; i < comparison.operators().size(); i++) {
            Object right = value(comparison.operands().get(i), scope);
            if (!Operators.compare(comparison.operators().get(i), left, right, budget)) {
                return false;
            }
            left = right;
        }
        return true;
    }

    private Object choose(Conditional choice, Scope scope) {
        if (Values.isTrue(value(choice.test(), scope))) {
            return value(choice.then(), scope);
        }
        return choice.otherwise() == null ? new Undefined("if without else") : value(choice.otherwise(), scope);
    }
}

package org.cartulary.inference.template;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cartulary.inference.template.Statement.*;
import org.jspecify.annotations.Nullable;

/** Carries out the statements of a template, once. One thread. */
final class Interpreter {
    private enum Flow {
        ON,
        BREAK,
        CONTINUE
    }

    private final Budget budget = new Budget();
    private final Evaluator evaluator;
    private Scope scope;
    private Text.Builder out = new Text.Builder();

    Interpreter(Map<String, Object> variables, LocalDateTime now) {
        Scope globals = new Scope(null);
        Functions.in(budget, now).forEach(globals::set);
        variables.forEach((name, value) -> globals.set(name, Values.of(value)));
        this.scope = new Scope(globals);
        this.evaluator = new Evaluator(budget);
    }

    Text run(List<Statement> statements) {
        all(statements);
        return out.build();
    }

    private Flow all(List<Statement> statements) {
        for (Statement statement : statements) {
            budget.enter();
            Flow flow = one(statement);
            budget.leave();
            if (flow != Flow.ON) {
                return flow;
            }
        }
        return Flow.ON;
    }

    private Flow one(Statement statement) {
        return switch (statement) {
            case Write write -> write(write.text());
            case Output output -> write(PythonText.str(evaluate(output.expression()), budget));
            case If choice -> choose(choice);
            case For loop -> loop(loop, evaluate(loop.elements()), 0);
            case Assign assign -> put(assign.target(), evaluate(assign.value()));
            case AssignBody assign -> put(assign.target(), filtered(assign.filter(), captured(assign.body())));
            case FilterBody body -> write(PythonText.str(filtered(body.filter(), captured(body.body())), budget));
            case MacroOf macro -> define(macro);
            case CallWith call -> callWith(call);
            case With with -> with(with);
            case Break _ -> Flow.BREAK;
            case Continue _ -> Flow.CONTINUE;
        };
    }

    private Object evaluate(Expression expression) {
        return evaluator.value(expression, scope);
    }

    private Object filtered(Expression.@Nullable Filter filter, Text body) {
        return filter == null ? body : evaluator.filtered(filter, body, scope);
    }

    private Flow write(Text text) {
        budget.text(text.length());
        if ((long) out.length() + text.length() > Budget.MAX_TEXT) {
            throw TemplateRefused.limit("it writes more than " + Budget.MAX_TEXT + " characters");
        }
        out.append(text);
        return Flow.ON;
    }

    private Flow choose(If choice) {
        for (Branch branch : choice.branches()) {
            if (Values.isTrue(evaluate(branch.test()))) {
                return all(branch.body());
            }
        }
        return all(choice.otherwise());
    }

    private Flow loop(For loop, Object over, int depth) {
        List<Object> elements = Values.elements(over, budget);
        Scope outer = scope;
        if (loop.filter() != null) {
            elements = kept(loop, elements);
        }
        Loop state = new Loop(elements, depth, budget, inner -> nested(loop, inner, depth));
        for (int i = 0; i < elements.size(); i++) {
            state.at(i);
            scope = new Scope(outer);
            put(loop.target(), elements.get(i));
            scope.set("loop", state);
            Flow flow = all(loop.body());
            scope = outer;
            if (flow == Flow.BREAK) {
                return Flow.ON;
            }
        }
        return elements.isEmpty() ? all(loop.otherwise()) : Flow.ON;
    }

    private List<Object> kept(For loop, List<Object> elements) {
        Scope outer = scope;
        List<Object> kept = new ArrayList<>();
        for (Object element : elements) {
            scope = new Scope(outer);
            put(loop.target(), element);
            if (Values.isTrue(evaluate(java.util.Objects.requireNonNull(loop.filter())))) {
                kept.add(element);
            }
        }
        scope = outer;
        return kept;
    }

    private Text nested(For loop, Object over, int depth) {
        if (!loop.recursive()) {
            throw TemplateRefused.fault("the loop is not recursive");
        }
        Text.Builder before = out;
        out = new Text.Builder();
        loop(loop, over, depth + 1);
        Text written = out.build();
        out = before;
        return written;
    }

    private Flow put(Target target, Object value) {
        switch (target) {
            case NameTarget name -> scope.set(name.name(), value);
            case AttributeTarget attribute -> {
                if (!(scope.get(attribute.namespace()) instanceof Namespace namespace)) {
                    throw TemplateRefused.fault("'" + attribute.namespace() + "' is no namespace");
                }
                namespace.set(attribute.name(), value);
            }
            case TupleTarget tuple -> {
                List<Object> elements = Values.elements(value, budget);
                if (elements.size() != tuple.parts().size()) {
                    throw TemplateRefused.fault(elements.size() + " values do not fit "
                            + tuple.parts().size() + " names");
                }
                for (int i = 0; i < elements.size(); i++) {
                    put(tuple.parts().get(i), elements.get(i));
                }
            }
        }
        return Flow.ON;
    }

    /** What the body writes, in a scope of its own. */
    private Text captured(List<Statement> body) {
        Text.Builder before = out;
        Scope outer = scope;
        out = new Text.Builder();
        scope = new Scope(outer);
        all(body);
        Text written = out.build();
        scope = outer;
        out = before;
        return written;
    }

    private Flow with(With with) {
        Scope outer = scope;
        Scope inner = new Scope(outer);
        for (int i = 0; i < with.names().size(); i++) {
            inner.set(with.names().get(i), evaluate(with.values().get(i)));
        }
        scope = inner;
        Flow flow = all(with.body());
        scope = outer;
        return flow;
    }

    private Flow define(MacroOf macro) {
        scope.set(macro.name(), macro(macro.name(), macro.signature(), macro.body()));
        return Flow.ON;
    }

    private Flow callWith(CallWith statement) {
        Callable caller = macro("caller", statement.signature(), statement.body());
        Arguments given = evaluator.arguments(statement.call().given(), scope);
        Map<String, Object> named = new java.util.HashMap<>(given.named());
        named.put("caller", caller);
        Object result = evaluator.call(evaluate(statement.call().target()), new Arguments(given.positional(), named));
        return write(PythonText.str(result, budget));
    }

    private Callable macro(String name, Signature signature, List<Statement> body) {
        Scope home = scope;
        return arguments -> {
            Scope before = scope;
            budget.enter();
            scope = bound(name, signature, arguments, home);
            Text written = captured(body);
            scope = before;
            budget.leave();
            return written;
        };
    }

    private Scope bound(String name, Signature signature, Arguments arguments, Scope home) {
        Scope inner = new Scope(home);
        List<String> names = signature.names();
        budget.spend(names.size());
        int firstDefault = names.size() - signature.defaults().size();
        for (int i = 0; i < names.size(); i++) {
            Object given = arguments.get(i, names.get(i));
            if (given == null) {
                given = i < firstDefault
                        ? new Undefined(names.get(i))
                        : evaluator.value(signature.defaults().get(i - firstDefault), inner);
            }
            inner.set(names.get(i), given);
        }
        Arguments more = arguments.rest(names.size());
        inner.set("varargs", new Sequence(more.positional(), true));
        inner.set("caller", arguments.named().getOrDefault("caller", new Undefined("caller")));
        Set<String> known = arguments.named().isEmpty() ? Set.of() : Set.copyOf(names);
        arguments.named().keySet().stream()
                .filter(given -> !known.contains(given) && !given.equals("caller"))
                .findFirst()
                .ifPresent(unknown -> {
                    throw TemplateRefused.fault("the macro '" + name + "' has no argument '" + unknown + "'");
                });
        return inner;
    }
}

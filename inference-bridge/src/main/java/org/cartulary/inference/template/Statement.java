package org.cartulary.inference.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a template does. */
sealed interface Statement {
    record Write(Text text) implements Statement {}

    record Output(Expression expression) implements Statement {}

    record If(List<Branch> branches, List<Statement> otherwise) implements Statement {}

    record Branch(Expression test, List<Statement> body) {}

    record For(
            Target target,
            Expression elements,
            @Nullable Expression filter,
            List<Statement> body,
            List<Statement> otherwise,
            boolean recursive)
            implements Statement {}

    record Assign(Target target, Expression value) implements Statement {}

    /**
     * A name for what the body writes.
     *
     * @param filter takes what the body wrote; null for as it is
     */
    record AssignBody(Target target, Expression.@Nullable Filter filter, List<Statement> body) implements Statement {}

    record FilterBody(Expression.Filter filter, List<Statement> body) implements Statement {}

    record MacroOf(String name, Signature signature, List<Statement> body) implements Statement {}

    /** Calls a macro that can call the body as {@code caller()}. */
    record CallWith(Expression.Call call, Signature signature, List<Statement> body) implements Statement {}

    /** A body with names of its own. */
    record With(List<String> names, List<Expression> values, List<Statement> body) implements Statement {}

    record Break() implements Statement {}

    record Continue() implements Statement {}

    /**
     * The arguments of a macro.
     *
     * @param defaults of the last names
     */
    record Signature(List<String> names, List<Expression> defaults) {}

    /** Where a value is put. */
    sealed interface Target {}

    record NameTarget(String name) implements Target {}

    record AttributeTarget(String namespace, String name) implements Target {}

    record TupleTarget(List<Target> parts) implements Target {}
}

package org.cartulary.inference.template;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a template computes. */
sealed interface Expression {
    record Literal(Object value) implements Expression {}

    record Name(String name) implements Expression {}

    record ListOf(List<Expression> elements, boolean tuple) implements Expression {}

    record DictOf(List<Expression> keys, List<Expression> values) implements Expression {}

    record Attribute(Expression target, String name) implements Expression {}

    record Subscript(Expression target, Expression index) implements Expression {}

    record Slice(
            Expression target,
            @Nullable Expression from,
            @Nullable Expression to,
            @Nullable Expression step) implements Expression {}

    record Call(Expression target, Given given) implements Expression {}

    /**
     * A filter after a bar.
     *
     * @param target null in a filter block, whose body it is
     */
    record Filter(@Nullable Expression target, String name, Given given) implements Expression {}

    record Test(Expression target, String name, Given given) implements Expression {}

    record Not(Expression operand) implements Expression {}

    record Sign(boolean minus, Expression operand) implements Expression {}

    /**
     * A sum, a product and the like.
     *
     * @param operator one of {@code + - * / // % **}
     */
    record Arithmetic(String operator, Expression left, Expression right) implements Expression {}

    record Concatenation(List<Expression> parts) implements Expression {}

    /** {@code and}, {@code or}: the last value that was looked at. */
    record Logic(boolean and, Expression left, Expression right) implements Expression {}

    /** {@code a < b < c}: each operator stands before the operand of its place. */
    record Comparison(Expression first, List<String> operators, List<Expression> operands) implements Expression {}

    record Conditional(
            Expression test, Expression then, @Nullable Expression otherwise) implements Expression {}

    /** Arguments as they are written. */
    record Given(List<Expression> positional, Map<String, Expression> named) {
        static final Given NOTHING = new Given(List.of(), Map.of());
    }
}

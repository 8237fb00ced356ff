package org.cartulary.inference.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.cartulary.inference.template.Expression.*;
import org.cartulary.inference.template.Token.Kind;
import org.jspecify.annotations.Nullable;

/** Reads expressions, with the precedence of Jinja2's parser ({@code jinja2/parser.py}, release 3.1). */
final class ExpressionParser {
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
    private static final Set<String> NO_TEST_ARGUMENT = Set.of("else", "or", "and", "if", "is", "in", "not");

    private final TokenStream in;

    ExpressionParser(TokenStream in) {
        this.in = in;
    }

    Expression expression() {
        in.enter();
        Expression value = or();
        while (in.skipName("if")) {
            Expression test = or();
            Expression otherwise = in.skipName("else") ? expression() : null;
            value = new Conditional(test, value, otherwise);
        }
        in.leave();
        return value;
    }

    /** As an expression, but one without {@code if}, which is a loop's filter there. */
    Expression plain() {
        return or();
    }

    /** An expression, or several with commas between, which are a tuple. */
    Expression tuple(Supplier<Expression> part) {
        Expression first = part.get();
        if (!in.atOperator(",")) {
            return first;
        }
        List<Expression> parts = new ArrayList<>(List.of(first));
        while (in.skipOperator(",") && !endsTuple()) {
            parts.add(part.get());
        }
        return new ListOf(parts, true);
    }

    private boolean endsTuple() {
        return in.at(Kind.TAG_END) || in.at(Kind.OUTPUT_END) || in.atOperator(")") || in.atName("in");
    }

    private Expression or() {
        Expression left = and();
        while (in.skipName("or")) {
            left = new Logic(false, left, and());
        }
        return left;
    }

    private Expression and() {
        Expression left = not();
        while (in.skipName("and")) {
            left = new Logic(true, left, not());
        }
        return left;
    }

    private Expression not() {
        if (!in.skipName("not")) {
            return comparison();
        }
        in.enter();
        Expression operand = not();
        in.leave();
        return new Not(operand);
    }

    private Expression comparison() {
        Expression first = sum();
        List<String> operators = new ArrayList<>();
        List<Expression> operands = new ArrayList<>();
        while (true) {
            if (in.at(Kind.OPERATOR) && COMPARISONS.contains(in.peek().text())) {
                operators.add(in.next().text());
            } else if (in.skipName("in")) {
                operators.add("in");
            } else if (in.atName("not") && in.peekSecond().is(Kind.NAME, "in")) {
                in.next();
                in.next();
                operators.add("not in");
            } else {
                return operators.isEmpty() ? first : new Comparison(first, operators, operands);
            }
            operands.add(sum());
        }
    }

    private Expression sum() {
        Expression left = concatenation();
        while (in.atOperator("+") || in.atOperator("-")) {
            left = new Arithmetic(in.next().text(), left, concatenation());
        }
        return left;
    }

    private Expression concatenation() {
        Expression first = product();
        if (!in.atOperator("~")) {
            return first;
        }
        List<Expression> parts = new ArrayList<>(List.of(first));
        while (in.skipOperator("~")) {
            parts.add(product());
        }
        return new Concatenation(parts);
    }

    private Expression product() {
        Expression left = power();
        while (in.atOperator("*") || in.atOperator("/") || in.atOperator("//") || in.atOperator("%")) {
            left = new Arithmetic(in.next().text(), left, power());
        }
        return left;
    }

    private Expression power() {
        Expression left = unary(true);
        while (in.atOperator("**")) {
            left = new Arithmetic(in.next().text(), left, unary(true));
        }
        return left;
    }

    private Expression unary(boolean filters) {
        in.enter();
        Expression value;
        if (in.atOperator("-") || in.atOperator("+")) {
            value = new Sign(in.next().text().equals("-"), unary(false));
        } else {
            value = postfix(primary());
        }
        Expression whole = filters ? filtered(value) : value;
        in.leave();
        return whole;
    }

    private Expression primary() {
        Token token = in.peek();
        return switch (token.kind()) {
            case NAME -> named(in.next().text());
            case NUMBER -> new Literal(in.next().value());
            case STRING -> strings();
            case OPERATOR -> bracketed(in.next().text());
            default -> throw in.unexpected("an expression");
        };
    }

    private static Expression named(String name) {
        return switch (name) {
            case "true", "True" -> new Literal(true);
            case "false", "False" -> new Literal(false);
            case "none", "None" -> new Literal(None.NONE);
            default -> new Name(name);
        };
    }

    private Expression strings() {
        StringBuilder text = new StringBuilder();
        while (in.at(Kind.STRING)) {
            text.append(in.next().text());
        }
        return new Literal(Text.own(text.toString()));
    }

    private Expression bracketed(String open) {
        return switch (open) {
            case "(" -> parenthesised();
            case "[" -> new ListOf(list(), false);
            case "{" -> dict();
            default -> throw in.unexpected("an expression before '" + open + "'");
        };
    }

    private Expression parenthesised() {
        if (in.skipOperator(")")) {
            return new ListOf(List.of(), true);
        }
        Expression inner = tuple(this::expression);
        in.expectOperator(")");
        return inner;
    }

    private List<Expression> list() {
        List<Expression> elements = new ArrayList<>();
        while (!in.skipOperator("]")) {
            elements.add(expression());
            if (!in.atOperator("]")) {
                in.expectOperator(",");
            }
        }
        return elements;
    }

    private Expression dict() {
        List<Expression> keys = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        while (!in.skipOperator("}")) {
            keys.add(expression());
            in.expectOperator(":");
            values.add(expression());
            if (!in.atOperator("}")) {
                in.expectOperator(",");
            }
        }
        return new DictOf(keys, values);
    }

    private Expression postfix(Expression start) {
        Expression value = start;
        while (true) {
            if (in.skipOperator(".")) {
                value = attribute(value);
            } else if (in.skipOperator("[")) {
                value = subscript(value);
            } else if (in.skipOperator("(")) {
                value = new Call(value, given());
            } else {
                return value;
            }
        }
    }

    private Expression attribute(Expression target) {
        if (in.at(Kind.NUMBER)) {
            return new Subscript(target, new Literal(in.next().value()));
        }
        return new Attribute(target, in.name());
    }

    private Expression subscript(Expression target) {
        Expression from = in.atOperator(":") ? null : expression();
        if (in.skipOperator("]")) {
            return new Subscript(target, java.util.Objects.requireNonNull(from));
        }
        in.expectOperator(":");
        Expression to = bound();
        Expression step = in.skipOperator(":") ? bound() : null;
        in.expectOperator("]");
        return new Slice(target, from, to, step);
    }

    private @Nullable Expression bound() {
        return in.atOperator(":") || in.atOperator("]") ? null : expression();
    }

    private Expression filtered(Expression start) {
        Expression value = start;
        while (true) {
            if (in.skipOperator("|")) {
                value = filter(value);
            } else if (in.skipName("is")) {
                value = test(value);
            } else if (in.skipOperator("(")) {
                value = new Call(value, given());
            } else {
                return value;
            }
        }
    }

    /** After the bar. */
    Filter filter(@Nullable Expression target) {
        return new Filter(target, dotted(), in.skipOperator("(") ? given() : Given.NOTHING);
    }

    /** {@code a|b|c} after its first bar. */
    Filter filters() {
        Filter filter = filter(null);
        while (in.skipOperator("|")) {
            filter = filter(filter);
        }
        return filter;
    }

    private String dotted() {
        StringBuilder name = new StringBuilder(in.name());
        while (in.skipOperator(".")) {
            name.append('.').append(in.name());
        }
        return name.toString();
    }

    private Expression test(Expression target) {
        boolean negated = in.skipName("not");
        String name = dotted();
        Given given = Given.NOTHING;
        if (in.skipOperator("(")) {
            given = given();
        } else if (takesBareArgument()) {
            given = new Given(List.of(postfix(primary())), Map.of());
        }
        Expression test = new Test(target, name, given);
        return negated ? new Not(test) : test;
    }

    private boolean takesBareArgument() {
        return switch (in.peek().kind()) {
            case STRING, NUMBER -> true;
            case NAME -> !NO_TEST_ARGUMENT.contains(in.peek().text());
            case OPERATOR -> in.atOperator("[") || in.atOperator("{");
            default -> false;
        };
    }

    /** Arguments after their opening parenthesis. */
    Given given() {
        List<Expression> positional = new ArrayList<>();
        Map<String, Expression> named = new LinkedHashMap<>();
        while (!in.skipOperator(")")) {
            if (in.at(Kind.NAME) && in.peekSecond().is(Kind.OPERATOR, "=")) {
                String name = in.next().text();
                in.next();
                named.put(name, expression());
            } else if (named.isEmpty()) {
                positional.add(expression());
            } else {
                throw in.unexpected("a named argument");
            }
            if (!in.atOperator(")")) {
                in.expectOperator(",");
            }
        }
        return new Given(positional, named);
    }
}

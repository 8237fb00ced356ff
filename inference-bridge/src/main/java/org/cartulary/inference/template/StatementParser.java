package org.cartulary.inference.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.cartulary.inference.template.Statement.*;
import org.cartulary.inference.template.Token.Kind;

/** Reads the statements of a template. */
final class StatementParser {
    private final TokenStream in;
    private final ExpressionParser expressions;

    private StatementParser(TokenStream in) {
        this.in = in;
        this.expressions = new ExpressionParser(in);
    }

    static List<Statement> parse(String template) {
        StatementParser parser = new StatementParser(new TokenStream(Lexer.tokens(template)));
        List<Statement> statements = parser.until(Set.of());
        if (!parser.in.at(Kind.END)) {
            throw parser.in.unexpected("the end of the template");
        }
        return statements;
    }

    /** Statements until a tag with one of these names, whose opening and name are taken. */
    private List<Statement> until(Set<String> ends) {
        in.enter();
        List<Statement> statements = new ArrayList<>();
        while (!in.at(Kind.END)) {
            if (in.at(Kind.TAG_BEGIN) && ends.contains(in.peekSecond().text())) {
                in.next();
                in.leave();
                return statements;
            }
            statements.add(statement());
        }
        in.leave();
        if (!ends.isEmpty()) {
            throw in.unexpected("'" + ends.iterator().next() + "'");
        }
        return statements;
    }

    private List<Statement> body(String end) {
        endTag();
        List<Statement> body = until(Set.of(end));
        in.next();
        endTag();
        return body;
    }

    private Statement statement() {
        if (in.at(Kind.TEXT)) {
            return new Write(Text.own(in.next().text()));
        }
        if (in.at(Kind.OUTPUT_BEGIN)) {
            in.next();
            Expression value = expressions.tuple(expressions::expression);
            in.expect(Kind.OUTPUT_END, "the end of the expression");
            return new Output(value);
        }
        in.expect(Kind.TAG_BEGIN, "a tag");
        return tag(in.name());
    }

    private Statement tag(String name) {
        return switch (name) {
            case "if" -> conditional();
            case "for" -> loop();
            case "set" -> assignment();
            case "macro" -> macro();
            case "call" -> callWith();
            case "filter" -> new FilterBody(expressions.filters(), body("endfilter"));
            case "with" -> with();
            case "generation" -> new With(List.of(), List.of(), body("endgeneration"));
            case "break" -> ended(new Break());
            case "continue" -> ended(new Continue());
            default -> throw TemplateRefused.syntax(in.peek().line(), "the tag '" + name + "' is not known here");
        };
    }

    private Statement ended(Statement statement) {
        endTag();
        return statement;
    }

    private void endTag() {
        in.expect(Kind.TAG_END, "the end of the tag");
    }

    private Statement conditional() {
        List<Branch> branches = new ArrayList<>();
        List<Statement> otherwise = List.of();
        String word = "if";
        while (!word.equals("endif")) {
            if (word.equals("else")) {
                endTag();
                otherwise = until(Set.of("endif"));
            } else {
                Expression test = expressions.tuple(expressions::expression);
                endTag();
                branches.add(new Branch(test, until(Set.of("elif", "else", "endif"))));
            }
            word = in.name();
        }
        endTag();
        return new If(branches, otherwise);
    }

    private Statement loop() {
        Target target = target();
        in.expectName("in");
        Expression elements = expressions.tuple(expressions::plain);
        Expression filter = in.skipName("if") ? expressions.expression() : null;
        boolean recursive = in.skipName("recursive");
        endTag();
        List<Statement> body = until(Set.of("else", "endfor"));
        List<Statement> otherwise = List.of();
        if (in.name().equals("else")) {
            endTag();
            otherwise = until(Set.of("endfor"));
            in.next();
        }
        endTag();
        return new For(target, elements, filter, body, otherwise, recursive);
    }

    private Target target() {
        List<Target> parts = new ArrayList<>();
        boolean tuple = false;
        do {
            if (in.skipOperator("(")) {
                parts.add(target());
                in.expectOperator(")");
            } else if (in.at(Kind.NAME) && !in.atName("in")) {
                parts.add(single());
            } else {
                break;
            }
            tuple |= in.atOperator(",");
        } while (in.skipOperator(","));
        if (parts.isEmpty()) {
            throw in.unexpected("a name");
        }
        return tuple ? new TupleTarget(parts) : parts.getFirst();
    }

    private Target single() {
        String name = in.name();
        return in.skipOperator(".") ? new AttributeTarget(name, in.name()) : new NameTarget(name);
    }

    private Statement assignment() {
        Target target = target();
        if (in.skipOperator("=")) {
            Expression value = expressions.tuple(expressions::expression);
            endTag();
            return new Assign(target, value);
        }
        Expression.Filter filter = in.skipOperator("|") ? expressions.filters() : null;
        return new AssignBody(target, filter, body("endset"));
    }

    private Statement macro() {
        String name = in.name();
        Signature signature = signature();
        return new MacroOf(name, signature, body("endmacro"));
    }

    private Statement callWith() {
        Signature signature = in.atOperator("(") ? signature() : new Signature(List.of(), List.of());
        if (expressions.expression() instanceof Expression.Call call) {
            return new CallWith(call, signature, body("endcall"));
        }
        throw in.unexpected("a call");
    }

    private Signature signature() {
        List<String> names = new ArrayList<>();
        List<Expression> defaults = new ArrayList<>();
        in.expectOperator("(");
        while (!in.skipOperator(")")) {
            names.add(in.name());
            if (in.skipOperator("=")) {
                defaults.add(expressions.expression());
            } else if (!defaults.isEmpty()) {
                throw in.unexpected("a default");
            }
            if (!in.atOperator(")")) {
                in.expectOperator(",");
            }
        }
        return new Signature(names, defaults);
    }

    private Statement with() {
        List<String> names = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        while (!in.at(Kind.TAG_END)) {
            names.add(in.name());
            in.expectOperator("=");
            values.add(expressions.expression());
            if (!in.at(Kind.TAG_END)) {
                in.expectOperator(",");
            }
        }
        return new With(names, values, body("endwith"));
    }
}

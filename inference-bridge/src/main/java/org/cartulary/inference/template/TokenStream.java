package org.cartulary.inference.template;

import java.util.List;
import org.cartulary.inference.template.Token.Kind;

/** The words of a template, one after the other, and how deep the parser is in them. */
final class TokenStream {
    private final List<Token> tokens;
    private int at;
    private int depth;

    TokenStream(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token peek() {
        return tokens.get(at);
    }

    Token peekSecond() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    Token next() {
        Token token = tokens.get(at);
        at = Math.min(at + 1, tokens.size() - 1);
        return token;
    }

    boolean at(Kind kind) {
        return peek().kind() == kind;
    }

    boolean atName(String name) {
        return peek().is(Kind.NAME, name);
    }

    boolean atOperator(String operator) {
        return peek().is(Kind.OPERATOR, operator);
    }

    boolean skipName(String name) {
        return skipIf(atName(name));
    }

    boolean skipOperator(String operator) {
        return skipIf(atOperator(operator));
    }

    void expectName(String name) {
        require(skipName(name), "'" + name + "'");
    }

    void expectOperator(String operator) {
        require(skipOperator(operator), "'" + operator + "'");
    }

    void expect(Kind kind, String what) {
        require(skipIf(at(kind)), what);
    }

    String name() {
        require(at(Kind.NAME), "a name");
        return next().text();
    }

    TemplateRefused unexpected(String wanted) {
        return TemplateRefused.syntax(peek().line(), wanted + " was expected, but " + peek() + " stands there");
    }

    void enter() {
        Budget.requireNesting(++depth);
    }

    void leave() {
        depth--;
    }

    private boolean skipIf(boolean condition) {
        if (condition) {
            next();
        }
        return condition;
    }

    private void require(boolean holds, String wanted) {
        if (!holds) {
            throw unexpected(wanted);
        }
    }
}

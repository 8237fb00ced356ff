package org.cartulary.inference.template;

import java.time.Clock;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.cartulary.inference.template.TemplateRefused.Reason;

/** A template that was read. Immutable; rendered by any number of threads. */
final class JinjaTemplate {
    private final List<Statement> statements;

    private JinjaTemplate(List<Statement> statements) {
        this.statements = statements;
    }

    /**
     * Reads a template.
     *
     * @throws TemplateRefused when the text is too long, nests too deep, or is no Jinja
     */
    static JinjaTemplate parse(String template) {
        if (template.length() > Budget.MAX_TEMPLATE) {
            throw TemplateRefused.limit(
                    "it has " + template.length() + " characters; at most " + Budget.MAX_TEMPLATE + " are possible");
        }
        return new JinjaTemplate(StatementParser.parse(template));
    }

    /**
     * Renders it.
     *
     * @param variables values that {@link Values#of} knows; {@code Text} for what a caller wrote
     * @param clock for templates that write the date, by {@code strftime_now}
     * @throws TemplateRefused when it fails, exceeds a limit, or refuses in its own words
     */
    Text render(Map<String, Object> variables, Clock clock) {
        try {
            return new Interpreter(variables, LocalDateTime.now(clock)).run(statements);
        } catch (ArithmeticException e) {
            throw new TemplateRefused(Reason.LIMIT, "it computes a number beyond 64 bits");
        } catch (StackOverflowError e) {
            // The limits on depth come first on the stacks that we use; this is the net below them.
            throw new TemplateRefused(Reason.LIMIT, "it nests too deep");
        }
    }
}

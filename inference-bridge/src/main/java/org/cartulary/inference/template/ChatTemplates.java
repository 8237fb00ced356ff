package org.cartulary.inference.template;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** What can be said of a chat template without its model, for who imports one. Needs no native library. */
public final class ChatTemplates {
    /** Longest template that is taken, in characters. */
    public static final int MAX_LENGTH = Budget.MAX_TEMPLATE;

    private static final Clock ANY_DAY = Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);

    private ChatTemplates() {}

    /**
     * Reads a template and renders trial conversations with it. Ends after a bounded number of steps, whatever the
     * template does.
     *
     * @throws TemplateRefused when it cannot be used; the message says why and what to do
     */
    public static TemplateTraits check(String jinja) {
        return ConversationTemplate.of(jinja, "", "", ANY_DAY).traits();
    }

    /** Whether a text is the source of a template, and not the name of one. */
    public static boolean isSource(String template) {
        return template.contains("{{") || template.contains("{%");
    }
}

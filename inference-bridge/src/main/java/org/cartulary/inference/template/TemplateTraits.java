package org.cartulary.inference.template;

/**
 * What a chat template can do.
 *
 * @param system it has a place for a system message; where not, its text is put before the first question
 * @param conversation it has a place for earlier answers
 * @param thinking it can switch reasoning on and off; we switch it off ({@link ConversationTemplate#THINKING})
 * @param dated it writes the day into the prompt
 */
public record TemplateTraits(boolean system, boolean conversation, boolean thinking, boolean dated) {}

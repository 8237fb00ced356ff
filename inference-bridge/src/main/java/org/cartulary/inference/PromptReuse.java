package org.cartulary.inference;

import org.jspecify.annotations.Nullable;

/**
 * What of a prompt the model need not read again. A cache that all share would tell by its timing what others asked, so
 * only texts that no caller wrote are shared; the rest is kept for the caller's own conversation.
 *
 * @param fixedMessages how many leading messages are the appliance's own fixed text, the same for everybody
 * @param conversation opaque name of the caller's conversation whose earlier turns may be kept, or null for none
 */
public record PromptReuse(int fixedMessages, @Nullable String conversation) {
    /** Everything is read. */
    public static final PromptReuse NONE = new PromptReuse(0, null);

    public PromptReuse {
        if (fixedMessages < 0) {
            throw new IllegalArgumentException("fixedMessages must be at least 0, but was " + fixedMessages);
        }
    }
}

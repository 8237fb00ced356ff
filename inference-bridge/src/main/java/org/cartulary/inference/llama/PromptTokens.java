package org.cartulary.inference.llama;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A prompt to read. Immutable by convention: nobody writes to its ids. */
final class PromptTokens {
    private final int[] ids;
    private final int fixed;
    private final PromptCache.@Nullable Owner conversation;

    /**
     * @param ids its tokens, at least one
     * @param fixed how many of the first are fixed text, the same for everybody
     * @param conversation whose earlier turns may be used and which goes on with it, or null
     */
    PromptTokens(int[] ids, int fixed, PromptCache.@Nullable Owner conversation) {
        this.ids = ids;
        this.fixed = fixed;
        this.conversation = conversation;
    }

    /** A prompt that nothing is known of and that leaves nothing. */
    static PromptTokens unshared(int... ids) {
        return new PromptTokens(ids, 0, null);
    }

    int[] ids() {
        return ids;
    }

    int length() {
        return ids.length;
    }

    int fixed() {
        return fixed;
    }

    int[] fixedIds() {
        return Arrays.copyOf(ids, fixed);
    }

    PromptCache.@Nullable Owner conversation() {
        return conversation;
    }
}

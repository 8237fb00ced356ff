package org.cartulary.appliance.openai;

import org.cartulary.inference.FinishReason;

/** OpenAI's words for why a completion ended. */
final class FinishWords {
    private FinishWords() {}

    static String of(FinishReason reason) {
        return switch (reason) {
            case STOP -> "stop";
            case LENGTH, DEADLINE -> "length";
            case CANCELLED -> "stop";
        };
    }
}

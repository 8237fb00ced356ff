package org.cartulary.inference.llama;

import java.util.List;

/** Ends an answer at the first of some texts, and holds back what may become one. Used by one thread. */
final class StopTexts {
    private final List<String> stops;
    private final StringBuilder held = new StringBuilder();
    private boolean reached;

    StopTexts(List<String> stops) {
        this.stops = stops.stream().filter(stop -> !stop.isEmpty()).toList();
    }

    /** The text that is certainly part of the answer now. */
    String append(String text) {
        held.append(text);
        int at = stops.stream()
                .mapToInt(held::indexOf)
                .filter(index -> index >= 0)
                .min()
                .orElse(-1);
        reached = at >= 0;
        return release(reached ? at : held.length() - possibleStart());
    }

    /** Whether a stop text came. */
    boolean reached() {
        return reached;
    }

    /** What was held back in vain. */
    String finish() {
        return reached ? "" : release(held.length());
    }

    private String release(int length) {
        String text = held.substring(0, length);
        held.delete(0, length);
        return text;
    }

    /** Length of the longest end of the held text that a stop text starts with. */
    private int possibleStart() {
        int longest = 0;
        for (String stop : stops) {
            for (int length = Math.min(stop.length() - 1, held.length()); length > longest; length--) {
                if (stop.startsWith(held.substring(held.length() - length))) {
                    longest = length;
                }
            }
        }
        return longest;
    }
}

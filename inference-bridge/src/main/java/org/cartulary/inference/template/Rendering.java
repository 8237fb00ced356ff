package org.cartulary.inference.template;

import java.util.ArrayList;
import java.util.List;

/**
 * A prompt as text.
 *
 * @param stretches in order; neighbours have different origins, and none is empty
 */
public record Rendering(List<Stretch> stretches) {
    /** A part of a prompt that comes from the template, or from a caller. */
    public record Stretch(String text, boolean fromTemplate) {}

    public Rendering {
        stretches = List.copyOf(stretches);
    }

    static Rendering of(Text text) {
        List<Stretch> stretches = new ArrayList<>();
        int at = 0;
        int[] runs = text.runs();
        for (int i = 0; i <= runs.length; i++) {
            int end = i < runs.length ? runs[i] : text.length();
            if (end > at) {
                stretches.add(new Stretch(text.value().substring(at, end), i % 2 == 0));
            }
            at = end;
        }
        return new Rendering(stretches);
    }

    /** The whole prompt. */
    public String text() {
        StringBuilder text = new StringBuilder();
        stretches.forEach(stretch -> text.append(stretch.text()));
        return text.toString();
    }
}

package org.cartulary.inference.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The mix that embedding is measured on: of every four texts one of 12 words, as a question has; two of 180, as most
 * passages have; one of 350, near the window. The same at every run.
 */
public final class BenchTexts {
    /** In one measurement of an embedder of ordinary speed. */
    public static final int ALL = 64;

    private static final int[] WORDS = {12, 180, 350, 180};
    private static final List<String> VOCABULARY = List.of(
            ("the of and to a in for on with at by from patients visitors committee ward report infection control"
                            + " measures applicant permit building records retention schedule medicine storage dose fee"
                            + " assistance emergency request decision within days must may not shall be kept signed log"
                            + " entrance protective equipment influenza laboratory haemoglobin transfusion appointment")
                    .split(" ", -1));

    private BenchTexts() {}

    /** @param count a multiple of four */
    static List<String> mix(int count) {
        Random random = new Random(20261122);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StringBuilder text = new StringBuilder();
            for (int word = 0; word < WORDS[i % WORDS.length]; word++) {
                text.append(VOCABULARY.get(random.nextInt(VOCABULARY.size()))).append(word % 15 == 14 ? ". " : " ");
            }
            texts.add(text.toString());
        }
        return texts;
    }
}

package org.cartulary.retrieval.bench;

import java.util.Locale;

/** How much of the corpus a reader may read. Each width is a collection of its own. */
public enum Width {
    HALF("50%", 0.5),
    TWENTIETH("5%", 0.05),
    TWO_HUNDREDTH("0.5%", 0.005),
    TEN_THOUSANDTH("0.01%", 0.0001),
    /** What is in none of the others: nobody reads it alone. */
    REST("the rest", 0.4449);

    private final String word;
    private final double share;

    Width(String word, double share) {
        this.word = word;
        this.share = share;
    }

    /** For people. */
    public String word() {
        return word;
    }

    /** Name of the collection. */
    String collection() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Of the passages. */
    public double share() {
        return share;
    }
}

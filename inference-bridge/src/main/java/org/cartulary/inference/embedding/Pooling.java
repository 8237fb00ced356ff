package org.cartulary.inference.embedding;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How the vectors of a text's tokens become one result. */
public enum Pooling {
    /** Their mean. */
    MEAN,
    /** The vector of the first token. */
    CLS,
    /** The vector of the last token. */
    LAST,
    /** A classification head's scores: the model is a reranker. */
    RANK;

    /** The pooling of this name, as manifests write it: {@code cls}, {@code mean}, {@code last}, {@code rank}. */
    public static Optional<Pooling> of(String name) {
        return Arrays.stream(values())
                .filter(pooling -> pooling.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst();
    }
}

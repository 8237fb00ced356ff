package org.cartulary.retrieval.citation;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cartulary.retrieval.language.Denials;
import org.cartulary.retrieval.lexical.Analysis;
import org.cartulary.retrieval.quantity.Quantities;
import org.cartulary.retrieval.quantity.Quantity;

/** What a text says, as far as it can be counted: its content words, its quantities, whether it denies. */
public record Claim(Set<String> words, List<Quantity> quantities, boolean denies) {
    /**
     * Reads a text.
     *
     * @param language of the text, ISO 639-1, whose words tell whether it denies
     */
    public static Claim of(String text, String language) {
        return new Claim(
                new HashSet<>(Analysis.terms(text)),
                Quantities.in(text),
                !Denials.in(text, language).isEmpty());
    }

    /** Share of this claim's words that stand in a source or in its headings. */
    double containment(Claim source, Claim heading) {
        long held = words.stream()
                .filter(word -> source.words().contains(word) || heading.words().contains(word))
                .count();
        return words.isEmpty() ? 0 : (double) held / words.size();
    }

    /** How many of this claim's words a text has. */
    long shared(Claim text) {
        return words.stream().filter(text.words()::contains).count();
    }

    /** The quantities that a source does not have. */
    List<Quantity> missingIn(Claim source) {
        return quantities.stream()
                .filter(wanted -> source.quantities().stream().noneMatch(wanted::matches))
                .toList();
    }
}

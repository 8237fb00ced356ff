package org.cartulary.retrieval.understanding;

import java.util.Set;
import java.util.stream.Collectors;
import org.cartulary.retrieval.language.Languages;
import org.cartulary.retrieval.lexical.Analysis;

/**
 * What the index can be asked for. It holds no function words, so that nothing can be told of passages by such words alone.
 *
 * @param languages of the passages that the asker may read, as analysers are named
 */
record Indexed(Set<String> languages) {
    /** The effect of a phrase on a search: less than is wanted where the index holds none of its words. */
    String effect(String phrase, String wanted) {
        Set<String> deaf = languages.stream()
                .filter(language -> Analysis.terms(phrase, language).isEmpty())
                .collect(Collectors.toSet());
        if (deaf.isEmpty()) {
            return wanted;
        }
        if (deaf.size() == languages.size()) {
            return "changes nothing, since the index holds no such words: add one that says more";
        }
        return wanted + ", but not of passages in "
                + deaf.stream().map(Indexed::called).sorted().collect(Collectors.joining(", "))
                + ", of which the index holds no such words";
    }

    private static String called(String analyser) {
        return analyser.equals("cjk") ? "Chinese, Japanese or Korean" : Languages.name(analyser);
    }
}

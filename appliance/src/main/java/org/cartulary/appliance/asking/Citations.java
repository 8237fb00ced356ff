package org.cartulary.appliance.asking;

import java.util.ArrayList;
import java.util.List;
import org.cartulary.retrieval.context.Source;
import org.cartulary.retrieval.search.Hit;

/** Passages as citations. */
public final class Citations {
    private Citations() {}

    static List<Answer.Citation> of(List<Source> sources) {
        return sources.stream()
                .map(source -> of(source.number(), source.hit(), source.labelled()))
                .toList();
    }

    static List<Answer.Citation> nearest(List<Hit> hits) {
        List<Answer.Citation> citations = new ArrayList<>();
        for (Hit hit : hits) {
            citations.add(of(citations.size() + 1, hit, hit.text()));
        }
        return citations;
    }

    /** A passage as the citation of that number. */
    public static Answer.Citation of(int number, Hit hit, String quote) {
        return new Answer.Citation(
                number,
                hit.path(),
                hit.document().toString(),
                hit.title(),
                hit.page(),
                hit.anchor(),
                quote,
                Long.toString(hit.passage()),
                hit.holding(),
                hit.scores().fused());
    }
}

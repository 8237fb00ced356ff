package org.cartulary.appliance.asking;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.cartulary.inference.Generator;
import org.cartulary.inference.ModelCard;
import org.cartulary.retrieval.context.Source;
import org.cartulary.retrieval.quote.Candidate;
import org.cartulary.retrieval.quote.Quote;
import org.cartulary.retrieval.quote.QuoteSelection;
import org.cartulary.retrieval.quote.Quotes;
import org.cartulary.retrieval.search.SearchResult;

/** Answers with sentences that stand in the passages, character by character; nothing can be invented. */
final class QuoteWording implements Wording {
    private final QuoteSelection selection;
    private final Generator generator;

    QuoteWording(QuoteSelection selection, Generator generator) {
        this.selection = selection;
        this.generator = generator;
    }

    @Override
    public Answer.Mode mode() {
        return Answer.Mode.QUOTE;
    }

    @Override
    public ModelCard model() {
        return generator.model();
    }

    @Override
    public Plan plan(String question, SearchResult found, List<Candidate> candidates) {
        List<Quote> quotes = selection.select(question, found, candidates);
        for (Quote quote : quotes) {
            if (!Quotes.verify(quote)) {
                throw new IllegalStateException("A chosen sentence does not stand in passage "
                        + quote.hit().passage());
            }
        }
        return new QuotePlan(quotes);
    }

    private record QuotePlan(List<Quote> quotes) implements Plan {
        @Override
        public List<Source> sources() {
            Map<Integer, Source> sources = new TreeMap<>();
            for (Quote quote : quotes) {
                sources.putIfAbsent(quote.source(), Source.whole(quote.source(), quote.hit()));
            }
            return List.copyOf(sources.values());
        }

        @Override
        public Map<String, Object> record() {
            return Map.of("quotes", quotes.stream().map(QuotePlan::recorded).toList());
        }

        @Override
        public Draft word(Consumer<String> deltas) {
            List<Answer.Sentence> sentences = new ArrayList<>();
            Map<Integer, String> shown = new LinkedHashMap<>();
            StringBuilder text = new StringBuilder();
            for (Quote quote : quotes) {
                String piece = (text.isEmpty() ? "" : " ") + quote.text() + " [" + quote.source() + "]";
                deltas.accept(piece);
                text.append(piece);
                sentences.add(new Answer.Sentence(quote.text(), List.of(quote.source()), true));
                shown.merge(quote.source(), quote.text(), (before, more) -> before + " … " + more);
            }
            return new Draft(text.toString(), sentences, shown);
        }

        private static Map<String, Object> recorded(Quote quote) {
            return new TreeMap<>(Map.of(
                    "passage", Long.toString(quote.hit().passage()),
                    "start", quote.start(),
                    "end", quote.end(),
                    "text", quote.text()));
        }
    }
}

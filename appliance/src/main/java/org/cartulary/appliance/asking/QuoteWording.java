package org.cartulary.appliance.asking;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.cartulary.inference.Embedder;
import org.cartulary.retrieval.context.Source;
import org.cartulary.retrieval.quote.Candidate;
import org.cartulary.retrieval.quote.Quote;
import org.cartulary.retrieval.quote.QuoteSelection;
import org.cartulary.retrieval.quote.Quotes;
import org.cartulary.retrieval.search.SearchResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers with sentences that stand in the passages, character by character; nothing can be invented. */
final class QuoteWording implements Wording {
    private static final Logger LOG = LoggerFactory.getLogger(QuoteWording.class);

    private final QuoteSelection selection;
    private final Embedder embedder;

    QuoteWording(QuoteSelection selection, Embedder embedder) {
        this.selection = selection;
        this.embedder = embedder;
    }

    /** The model is the one that chooses the sentences; nothing is generated. */
    @Override
    public Author author() {
        return new Author(Answer.Mode.QUOTE, embedder.model());
    }

    @Override
    public Plan plan(String question, SearchResult found, List<Candidate> candidates) {
        return new QuotePlan(verbatim(selection.select(question, found, candidates)), author());
    }

    /** Those that stand in their passages, character by character. Others would be a fault of ours, and are not shown. */
    static List<Quote> verbatim(List<Quote> quotes) {
        List<Quote> standing = new ArrayList<>();
        for (Quote quote : quotes) {
            if (Quotes.verify(quote)) {
                standing.add(quote);
            } else {
                LOG.error(
                        "A chosen sentence does not stand in passage {} from {} to {} and was withheld",
                        quote.hit().passage(),
                        quote.start(),
                        quote.end());
            }
        }
        return standing;
    }

    private record QuotePlan(List<Quote> quotes, Author author) implements Plan {
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
        public Draft word(Presence presence, Consumer<String> deltas) {
            List<Answer.Sentence> sentences = new ArrayList<>();
            Map<Integer, String> shown = new LinkedHashMap<>();
            StringBuilder text = new StringBuilder();
            boolean headed = false;
            for (Quote quote : quotes) {
                String words = inLines(quote.text());
                String joint = headed ? "\n" : joint(text, words, quote.headsNext());
                String piece = joint + words + " [" + quote.source() + "]";
                headed = quote.headsNext();
                deltas.accept(piece);
                text.append(piece);
                sentences.add(new Answer.Sentence(words, List.of(quote.source()), true, quote.headsNext()));
                shown.merge(quote.source(), words, (before, more) -> before + " … " + more);
            }
            return new Draft(text.toString(), sentences, shown, List.of(), Map.of());
        }

        /** Cells of a table stand in paragraphs of their own; a line for each reads better, and no word is touched. */
        private static String inLines(String text) {
            return text.replaceAll("\\s*\\n\\s*", "\n");
        }

        private static String joint(CharSequence before, String next, boolean heading) {
            if (before.isEmpty()) {
                return "";
            }
            return heading || next.contains("\n") || before.toString().contains("\n") ? "\n\n" : " ";
        }

        private static Map<String, Object> recorded(Quote quote) {
            return new TreeMap<>(Map.of(
                    "passage", Long.toString(quote.hit().passage()),
                    "start", quote.start(),
                    "end", quote.end(),
                    "text", quote.text(),
                    "headingRow", quote.headsNext()));
        }
    }
}

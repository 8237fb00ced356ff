package org.cartulary.appliance.asking;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.cartulary.appliance.settings.Settings;
import org.cartulary.inference.ChatRequest;
import org.cartulary.inference.FinishReason;
import org.cartulary.inference.Generated;
import org.cartulary.inference.Generator;
import org.cartulary.inference.InferenceFailed;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.Sampling;
import org.cartulary.retrieval.citation.SentenceSupport;
import org.cartulary.retrieval.citation.SupportCheck;
import org.cartulary.retrieval.context.Context;
import org.cartulary.retrieval.context.ContextAssembler;
import org.cartulary.retrieval.context.Source;
import org.cartulary.retrieval.context.Surroundings;
import org.cartulary.retrieval.quote.Candidate;
import org.cartulary.retrieval.search.SearchResult;

/** Answers in the model's own words, each sentence held against the passages. For models that the operator trusts. */
final class ModelWording implements Wording {
    /** Tokens of the window that the template and the joints of the prompt may cost beyond what was counted. */
    private static final int RESERVE_TOKENS = 64;

    /** Stands in the text itself, since not every face shows more than the text. */
    private static final String UNSUPPORTED = " [not in the documents]";

    private final Generator generator;
    private final Surroundings surroundings;
    private final SupportCheck support;
    private final Settings.Unsupported unsupported;
    private final int answerTokens;
    private final Duration deadline;

    ModelWording(
            Generator generator,
            Surroundings surroundings,
            SupportCheck support,
            Settings.Unsupported unsupported,
            int answerTokens,
            Duration deadline) {
        this.generator = generator;
        this.surroundings = surroundings;
        this.support = support;
        this.unsupported = unsupported;
        this.answerTokens = answerTokens;
        this.deadline = deadline;
    }

    @Override
    public Author author() {
        return new Author(Answer.Mode.GENERATE, generator.model());
    }

    @Override
    public Plan plan(String question, SearchResult found, List<Candidate> candidates) {
        ModelCard model = generator.model();
        int fixed = generator.countPromptTokens(Prompt.messages(question, ""));
        int budget = model.contextTokens() - answerTokens - fixed - RESERVE_TOKENS;
        Context context = ContextAssembler.assemble(
                question, surroundings.with(found), Math.max(0, budget), generator::countTokens);
        return new ModelPlan(question, context, model);
    }

    private final class ModelPlan implements Plan {
        private final Context context;
        private final ModelCard model;
        private final ChatRequest request;

        ModelPlan(String question, Context context, ModelCard model) {
            this.model = model;
            this.context = context;
            this.request = new ChatRequest(
                            Prompt.messages(question, context.rendered()),
                            Sampling.GREEDY,
                            List.of(),
                            answerTokens,
                            deadline)
                    .reusing(Prompt.FIXED);
        }

        @Override
        public Author author() {
            return new Author(Answer.Mode.GENERATE, model);
        }

        @Override
        public List<Source> sources() {
            return context.sources();
        }

        @Override
        public Map<String, Object> record() {
            Map<String, Object> record = new TreeMap<>();
            record.put("prompt", Prompt.recorded(request.messages()));
            record.put("sampling", Prompt.recorded(request.sampling(), request.maxTokens()));
            record.put("context", Map.of("budgetTokens", context.budgetTokens(), "tokens", context.tokens()));
            record.put(
                    "leftOut", context.leftOut().stream().map(Object::toString).toList());
            return record;
        }

        @Override
        public Draft word(Presence presence, Consumer<String> deltas) {
            return worded(unsupported, deltas, pieces -> {
                Generated generated = generate(presence, pieces);
                String text = generated.text().strip();
                return checked(
                        text,
                        support.check(text, context.sources()),
                        unsupported,
                        RecordedGeneration.of(model, request.sampling(), generated));
            });
        }

        private Generated generate(Presence presence, Consumer<String> deltas) {
            Generated generated = ModelReading.read(
                    generator,
                    model.sha256(),
                    request.from(presence.caller()),
                    presence,
                    (piece, stream) -> deltas.accept(piece));
            if (generated.finish() == FinishReason.DEADLINE) {
                throw new InferenceFailed("The model did not finish within " + deadline.toSeconds()
                        + " s: ask again when fewer people ask, or raise cartulary.answer.deadline-seconds.");
            }
            return generated;
        }
    }

    /**
     * Makes a draft. What is to be withheld must not leave as provisional text either, so that all text waits for the check
     * then.
     *
     * @param making generates a text, handing out its pieces, and checks it
     */
    static Draft worded(
            Settings.Unsupported unsupported, Consumer<String> deltas, Function<Consumer<String>, Draft> making) {
        if (unsupported != Settings.Unsupported.WITHHOLD) {
            return making.apply(deltas);
        }
        Draft draft = making.apply(piece -> {});
        if (!draft.sentences().isEmpty()) {
            deltas.accept(draft.text());
        }
        return draft;
    }

    /** The answer anew from its sentences, each with the mark of the source that carries it. */
    static Wording.Draft checked(
            String text,
            List<SentenceSupport> verdicts,
            Settings.Unsupported unsupported,
            Map<String, Object> generation) {
        List<Answer.Sentence> sentences = new ArrayList<>();
        Map<Integer, String> quotes = new LinkedHashMap<>();
        StringBuilder marked = new StringBuilder();
        List<String> withheld = new ArrayList<>();
        for (SentenceSupport verdict : verdicts) {
            Integer source = verdict.source();
            boolean supported = verdict.supported() && source != null;
            if (!supported && unsupported == Settings.Unsupported.WITHHOLD) {
                withheld.add(verdict.text());
                continue;
            }
            List<Integer> cited = supported && source != null ? List.of(source) : List.of();
            sentences.add(new Answer.Sentence(verdict.text(), cited, supported, false));
            marked.append(marked.isEmpty() ? "" : " ").append(verdict.text());
            marked.append(supported ? "" : UNSUPPORTED);
            cited.forEach(number -> {
                marked.append(" [").append(number).append(']');
                quotes.putIfAbsent(number, "");
            });
        }
        if (!withheld.isEmpty() && !sentences.isEmpty()) {
            marked.append(" [left out, because it is not in the documents: ")
                    .append(withheld.size())
                    .append(withheld.size() == 1 ? " sentence]" : " sentences]");
        }
        return new Wording.Draft(
                verdicts.isEmpty() ? text : marked.toString(), sentences, quotes, withheld, generation);
    }
}

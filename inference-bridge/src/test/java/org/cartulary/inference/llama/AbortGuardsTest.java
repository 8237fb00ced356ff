package org.cartulary.inference.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.cartulary.inference.ChatMessage;
import org.cartulary.inference.ChatRequest;
import org.cartulary.inference.Sampling;
import org.cartulary.inference.grammar.GrammarWalk;
import org.cartulary.inference.testing.Cache;
import org.cartulary.inference.testing.TinyModel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each way in which native code is known to end the process, and that the bridge does not go it; grammars too. */
final class AbortGuardsTest {
    private static final int SEQUENCES = 4;
    private static final int BATCH = 64;

    private static LlamaModel model;

    private LlamaContext context;

    @BeforeAll
    static void loadModel(@TempDir Path directory) throws IOException {
        model = LlamaModel.load(
                LlamaRuntime.open(Cache.llamaLibraries()),
                TinyModel.in(directory).file());
    }

    @AfterAll
    static void freeModel() {
        model.close();
    }

    @BeforeEach
    void openContext() {
        context = new LlamaContext(model, new ContextShape(512, BATCH, SEQUENCES, 8, 1));
    }

    @AfterEach
    void closeContext() {
        context.close();
    }

    @Test
    void refusesASecondThreadOnAContext() {
        context.batch().add(5, 0, 0, true);
        assertThat(context.decode()).isTrue();
        assertThatThrownBy(() -> CompletableFuture.supplyAsync(context::decode).join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(IllegalStateException.class)
                .hasMessageContaining("belongs to");
    }

    @Test
    void refusesWorkAfterTheEnd() {
        context.batch().add(5, 0, 0, true);
        context.close();
        assertThatThrownBy(context::decode)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> context.forget(0, 0)).isInstanceOf(IllegalStateException.class);
        context.close();
    }

    @Test
    void refusesSequencesOutputsAndTokensBeyondWhatTheContextHas() {
        TokenBatch batch = context.batch();
        assertThatThrownBy(() -> batch.add(5, 0, SEQUENCES, false)).hasMessageContaining("overflow");
        assertThatThrownBy(() -> batch.add(5, 0, -1, false)).hasMessageContaining("overflow");
        for (int i = 0; i < 8; i++) {
            batch.add(5, i, 0, true);
        }
        assertThatThrownBy(() -> batch.add(5, 8, 0, true)).hasMessageContaining("overflow");
        for (int i = 8; i < BATCH; i++) {
            batch.add(5, i, 0, false);
        }
        assertThatThrownBy(() -> batch.add(5, BATCH, 0, false)).hasMessageContaining("overflow");
        assertThat(context.decode()).isTrue();
    }

    @Test
    void refusesToAcceptATokenThatTheGrammarForbids() {
        GrammarWalk grammar = walk("root ::= \"ab\"");
        int b = model.vocabulary().tokenise("b")[model.vocabulary().tokenise("b").length - 1];
        assertThat(grammar.allows(b)).isFalse();
        assertThatThrownBy(() -> grammar.accept(b)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aGrammarWorksUnderEverySamplerThatDropsCandidates() {
        TokenSampler sampler =
                new TokenSampler(new Sampling(0.01f, 0.0001f, 0.99f, 2, 7, null), walk("root ::= \"yes\""));
        float[] logits = new float[model.vocabulary().size()];
        logits[10] = 50;
        StringBuilder text = new StringBuilder();
        int token = sampler.next(logits.clone());
        while (!model.vocabulary().endsAnswer(token)) {
            text.append(new String(model.vocabulary().piece(token), StandardCharsets.UTF_8));
            token = sampler.next(logits.clone());
        }
        assertThat(text).hasToString("yes");
    }

    @Test
    void aGrammarCannotBeFilledWithTokensThatWriteNothing() {
        GrammarWalk grammar = walk("root ::= .{3} \"</s>\"");
        int beginning = model.vocabulary().beginning().orElse(1);
        assertThat(grammar.allows(beginning)).isFalse();
        float[] logits = new float[model.vocabulary().size()];
        grammar.restrict(logits);
        assertThat(logits[beginning]).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(logits[model.vocabulary().tokenise("yes")[1]]).isZero();
    }

    private static GrammarWalk walk(String gbnf) {
        return Objects.requireNonNull(
                model.vocabulary().walk(model.vocabulary().grammar(Sampling.GREEDY.withGrammar(gbnf))));
    }

    @Test
    void sharesAStepBetweenPromptsSoThatAShortOneDoesNotWaitForALongOne() {
        PromptCache cache = new PromptCache(context, 3, 0);
        AnswerJob running = begun(cache, 0, 5);
        StepPlan plan = new StepPlan();
        finishPrompt(plan, running);
        AnswerJob longPrompt = begun(cache, 1, 300);
        AnswerJob shortPrompt = begun(cache, 2, 20);
        List<Job> all = List.of(running, longPrompt, shortPrompt);
        List<Job> first = plan.fill(context.batch(), all);
        assertThat(first).containsExactlyInAnyOrder(running, longPrompt, shortPrompt);
        assertThat(context.batch().size()).isLessThanOrEqualTo(BATCH);
        assertThat(context.decode()).isTrue();
        first.forEach(Job::absorb);
        assertThat(shortPrompt.decoding()).isTrue();
        assertThat(longPrompt.decoding()).isFalse();
        List.of(running, longPrompt, shortPrompt).forEach(Job::release);
    }

    @Test
    void onASlowMachineEveryPromptHasItsTurnAndNoStepIsLong() {
        PromptCache cache = new PromptCache(context, 4, 0);
        AnswerJob running = begun(cache, 0, 5);
        StepPlan plan = new StepPlan();
        finishPrompt(plan, running);
        List<AnswerJob> readers = List.of(begun(cache, 1, 100), begun(cache, 2, 100), begun(cache, 3, 100));
        List<Job> all = new ArrayList<>(readers);
        all.add(running);
        Set<Job> served = new HashSet<>();
        for (int step = 0; step < 3; step++) {
            // Three tokens a second: ten seconds are worth less than the smallest slice.
            plan.measure(3, 1_000_000_000L);
            List<Job> jobs = plan.fill(context.batch(), all);
            served.addAll(jobs);
            assertThat(context.batch().size()).isLessThanOrEqualTo(33);
            assertThat(context.decode()).isTrue();
            jobs.forEach(Job::absorb);
        }
        assertThat(served).containsAll(readers);
        plan.measure(3, 1_000_000_000L);
        plan.fill(context.batch(), List.copyOf(readers));
        assertThat(context.batch().size()).isLessThanOrEqualTo(33);
        all.forEach(Job::release);
    }

    private void finishPrompt(StepPlan plan, AnswerJob job) {
        while (!job.decoding()) {
            plan.fill(context.batch(), List.of(job));
            assertThat(context.decode()).isTrue();
            job.absorb();
        }
    }

    private AnswerJob begun(PromptCache cache, int sequence, int promptTokens) {
        ChatRequest request = new ChatRequest(
                List.of(new ChatMessage(ChatMessage.Role.USER, "")),
                Sampling.GREEDY,
                List.of(),
                50,
                Duration.ofSeconds(60));
        List<Integer> ids = new ArrayList<>(Collections.nCopies(promptTokens, 270));
        AnswerJob job = new AnswerJob(
                model,
                request,
                PromptTokens.unshared(ids.stream().mapToInt(id -> id).toArray()),
                new Recorder());
        job.begin(context, cache, sequence);
        return job;
    }
}

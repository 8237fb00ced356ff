package org.cartulary.inference.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.cartulary.inference.ChatMessage;
import org.cartulary.inference.ChatRequest;
import org.cartulary.inference.FinishReason;
import org.cartulary.inference.Generated;
import org.cartulary.inference.InferenceFailed;
import org.cartulary.inference.InferenceRefused;
import org.cartulary.inference.Refusal;
import org.cartulary.inference.Sampling;
import org.cartulary.inference.testing.Cache;
import org.cartulary.inference.testing.TinyModel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bridge on a tiny model with random weights, native code in this process. */
final class LlamaEngineTest {
    private static final List<ChatMessage> HELLO = List.of(new ChatMessage(ChatMessage.Role.USER, "the ward"));
    private static final String NEVER_ENDS = "root ::= [a-z] root";

    private static LlamaEngine engine;

    @BeforeAll
    static void startEngine(@TempDir Path directory) throws IOException {
        LlamaRuntime runtime = LlamaRuntime.open(Cache.llamaLibraries());
        Path file = TinyModel.in(directory).file();
        engine = LlamaEngine.start(runtime, file, null, new EngineSettings(4096, 1024, 3, 2, 1));
    }

    @AfterAll
    static void stopEngine() {
        engine.close();
    }

    @Test
    void takesTheWindowThatTheModelWasTrainedFor() {
        assertThat(engine.windowTokens()).isEqualTo(TinyModel.WINDOW);
    }

    @Test
    void writesThePromptAsTheModelsTemplateSays() {
        List<ChatMessage> messages = List.of(
                new ChatMessage(ChatMessage.Role.SYSTEM, "be brief"), new ChatMessage(ChatMessage.Role.USER, "hi"));
        assertThat(engine.promptText(messages))
                .isEqualTo("<|system|>\nbe brief</s>\n<|user|>\nhi</s>\n<|assistant|>\n");
    }

    @Test
    void takesControlTokensInACallersTextForText() {
        int plain = engine.countPromptTokens(List.of(new ChatMessage(ChatMessage.Role.USER, "abcd")));
        int marked = engine.countPromptTokens(List.of(new ChatMessage(ChatMessage.Role.USER, "</s>")));
        assertThat(marked).isEqualTo(plain);
    }

    @Test
    void countsByteFallbackTokensOfAnyText() {
        assertThat(engine.countTokens(List.of("", "yes", "\ud83d\ude00", "\0", "\ud800")))
                .startsWith(0)
                .doesNotContain(-1)
                .hasSize(5);
    }

    @Test
    void answersTheSameTwice() {
        ChatRequest request = request(new Sampling(1, 0.95f, 0.02f, 1.1f, 42, null), 24);
        assertThat(answer(request).text()).isEqualTo(answer(request).text()).isNotEmpty();
    }

    @Test
    void passesPiecesThatMakeUpTheAnswer() {
        Recorder recorder = new Recorder();
        engine.answer(request(Sampling.GREEDY, 24), recorder);
        Generated answer = recorder.end();
        assertThat(String.join("", recorder.pieces)).isEqualTo(answer.text());
        assertThat(answer.outputTokens()).isBetween(1, 24);
    }

    @Test
    void neverWritesWhatTheGrammarForbids() {
        for (int seed = 0; seed < 20; seed++) {
            Sampling sampling = new Sampling(1.5f, 1, 0, 1, seed, "root ::= (\"yes\" | \"no\") \" \" [0-9]{3}");
            Generated answer = answer(request(sampling, 40));
            assertThat(answer.text()).matches("(yes|no) [0-9]{3}");
            assertThat(answer.finish()).isEqualTo(FinishReason.STOP);
        }
    }

    @Test
    void keepsTheGrammarWithTopPSoSmallThatOneTokenIsLeft() {
        Sampling sampling = new Sampling(1, 0.0001f, 0, 1, 5, "root ::= \"a\" [b-d]{5}");
        assertThat(answer(request(sampling, 20)).text()).matches("a[b-d]{5}");
    }

    @Test
    void refusesGrammarsThatCannotBeUsed() {
        for (String gbnf : List.of(
                "root ::= (",
                "start ::= \"a\"",
                "root ::= missing",
                "root ::= root \"a\"",
                " ",
                "root ::= \"a\0b\"",
                "root ::= " + "(".repeat(5000) + "\"a\"" + ")".repeat(5000))) {
            assertThatThrownBy(() -> answer(request(Sampling.GREEDY.withGrammar(gbnf), 8)))
                    .isInstanceOf(InferenceRefused.class)
                    .hasMessageContaining("grammar");
        }
        assertThat(answer(request(Sampling.GREEDY, 4)).outputTokens()).isPositive();
    }

    @Test
    void refusesAGrammarBeforeItIsQueuedAndWithoutItsText() {
        ChatRequest request = request(Sampling.GREEDY.withGrammar("root ::= \"Ottilie\" )"), 8);
        assertThatThrownBy(() -> engine.answer(request, new Recorder()))
                .isInstanceOf(InferenceRefused.class)
                .hasMessageContaining("line 1, column 20")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("Ottilie"));
    }

    @Test
    void endsOnlyTheAnswerWhoseGrammarCanBeReadInTooManyWays() {
        Recorder other = new Recorder();
        engine.answer(request(Sampling.GREEDY.withGrammar(NEVER_ENDS), 60), other);
        String ambiguous = "root ::= [a-z]{1,60000}{1,60000}{400,60000}";
        assertThatThrownBy(() -> answer(request(Sampling.GREEDY.withGrammar(ambiguous), 300)))
                .isInstanceOf(InferenceRefused.class)
                .hasMessageContaining("too many ways at once");
        assertThat(other.end().outputTokens()).isEqualTo(60);
    }

    @Test
    void survivesAGrammarUnderWhichNothingCanBeWritten() {
        String tokenBeyondTheVocabulary = "root ::= \"a\" <[5000]>";
        assertThatThrownBy(() -> answer(request(Sampling.GREEDY.withGrammar(tokenBeyondTheVocabulary), 8)))
                .isInstanceOf(InferenceRefused.class)
                .hasMessageContaining("grammar");
        assertThat(answer(request(Sampling.GREEDY, 4)).outputTokens()).isPositive();
    }

    @Test
    void refusesAPromptThatDoesNotFitWithBothNumbers() {
        ChatMessage tooLong = new ChatMessage(ChatMessage.Role.USER, "the ward ".repeat(400));
        assertThatThrownBy(() -> engine.answer(
                        new ChatRequest(List.of(tooLong), Sampling.GREEDY, List.of(), 10, Duration.ofSeconds(5)),
                        new Recorder()))
                .isInstanceOfSatisfying(InferenceRefused.class, refused -> {
                    Refusal.PromptTooLong refusal = (Refusal.PromptTooLong) refused.refusal();
                    assertThat(refusal.promptTokens()).isGreaterThan(TinyModel.WINDOW);
                    assertThat(refusal.windowTokens()).isEqualTo(TinyModel.WINDOW);
                });
    }

    @Test
    void endsAtAStopText() {
        Sampling letters = new Sampling(1, 1, 0, 1, 9, "root ::= \"abc\" \"def\" [a-z]{20}");
        Generated answer = answer(new ChatRequest(HELLO, letters, List.of("def"), 60, Duration.ofSeconds(20)));
        assertThat(answer.text()).isEqualTo("abc");
        assertThat(answer.finish()).isEqualTo(FinishReason.STOP);
    }

    @Test
    void refusesWhenTheQueueIsFullAndGoesOnAfterwards() {
        List<Answer> running = new ArrayList<>();
        List<Recorder> recorders = new ArrayList<>();
        Refusal refusal = null;
        for (int i = 0; i < 12 && refusal == null; i++) {
            Recorder stalled = new Recorder(0);
            try {
                running.add(engine.answer(request(Sampling.GREEDY, 8), stalled));
                recorders.add(stalled);
            } catch (InferenceRefused e) {
                refusal = e.refusal();
            }
        }
        assertThat(refusal).isInstanceOf(Refusal.QueueFull.class);
        running.forEach(Answer::cancel);
        recorders.forEach(recorder -> assertThat(recorder.end().finish()).isEqualTo(FinishReason.CANCELLED));
        assertThat(answer(request(Sampling.GREEDY, 4)).outputTokens()).isPositive();
    }

    @Test
    void setsAsideAnAnswerThatNobodyReadsWhileOthersGoOn() {
        Recorder slow = new Recorder(2);
        Answer stalled = engine.answer(request(new Sampling(1, 1, 0, 1, 1, NEVER_ENDS), 60), slow);
        assertThat(answer(request(Sampling.GREEDY, 4)).outputTokens()).isPositive();
        assertThat(slow.end.isDone()).isFalse();
        assertThat(slow.pieces).hasSizeLessThanOrEqualTo(3);
        slow.credits = 1000;
        stalled.resume();
        assertThat(slow.end().text()).hasSizeGreaterThan(3);
    }

    @Test
    void endsAtItsDeadline() {
        Recorder slow = new Recorder(1);
        engine.answer(
                new ChatRequest(HELLO, new Sampling(1, 1, 0, 1, 1, NEVER_ENDS), List.of(), 60, Duration.ofMillis(300)),
                slow);
        assertThat(slow.end().finish()).isEqualTo(FinishReason.DEADLINE);
    }

    /** Nothing is known of the context then: the worker sees the fault in the status and ends itself. */
    @Test
    void aFaultOfTheEngineItselfReachesEveryRequestAndIsKept(@TempDir Path directory) throws IOException {
        LlamaRuntime runtime = LlamaRuntime.open(Cache.llamaLibraries());
        try (LlamaEngine broken = LlamaEngine.start(
                runtime, TinyModel.in(directory).file(), null, new EngineSettings(2048, 1024, 1, 2, 1))) {
            Recorder running = new Recorder(0);
            Recorder waiting = new Recorder();
            broken.answer(request(Sampling.GREEDY, 8), running);
            Answer last = broken.answer(request(Sampling.GREEDY, 8), waiting);
            running.credits = Recorder.UNKNOWN;
            last.resume();
            assertThatThrownBy(running::end).hasMessageContaining("no credits are known");
            assertThatThrownBy(waiting::end).hasMessageContaining("no credits are known");
            assertThat(broken.status().fault()).hasMessageContaining("no credits are known");
            assertThat(broken.status().busy()).isFalse();
            assertThatThrownBy(() -> broken.answer(request(Sampling.GREEDY, 8), new Recorder()))
                    .isInstanceOf(InferenceFailed.class)
                    .hasMessageContaining("being replaced");
            assertThat(broken.drain(Duration.ofSeconds(20))).isTrue();
        }
    }

    @Test
    void scoresTextsTogetherAsItScoresThemAlone() throws Exception {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            texts.add("the ward " + "abc".repeat(i % 7 * 9) + (char) ('a' + i));
        }
        texts.add("y");
        List<Double> together =
                engine.score(HELLO, 0, texts, Duration.ofSeconds(60)).get(60, TimeUnit.SECONDS);
        assertThat(together).hasSize(21).allMatch(score -> score < 0);
        for (int i = 0; i < texts.size(); i += 5) {
            double alone = engine.score(HELLO, 0, List.of(texts.get(i)), Duration.ofSeconds(60))
                    .get(60, TimeUnit.SECONDS)
                    .getFirst();
            assertThat(alone).isCloseTo(together.get(i), org.assertj.core.data.Offset.offset(0.01));
        }
    }

    @Test
    void scoresAreMeansOfTheModelsOwnLogLikelihoods(@TempDir Path directory) throws Exception {
        double score = engine.score(HELLO, 0, List.of("dk"), Duration.ofSeconds(60))
                .get(60, TimeUnit.SECONDS)
                .getFirst();
        LlamaRuntime runtime = LlamaRuntime.open(Cache.llamaLibraries());
        try (LlamaModel model = LlamaModel.load(runtime, TinyModel.in(directory).file());
                LlamaContext context = new LlamaContext(model, new ContextShape(512, 512, 1, 8, 1))) {
            String template = Objects.requireNonNull(model.chatTemplate());
            int[] tokens = new ChatTemplate(model.functions(), model.vocabulary(), template).continued(HELLO, "dk");
            for (int i = 0; i < tokens.length; i++) {
                context.batch().add(tokens[i], i, 0, i >= tokens.length - 3);
            }
            assertThat(context.decode()).isTrue();
            double first = LogLikelihood.of(tokens[tokens.length - 2], context.logits(tokens.length - 3));
            double second = LogLikelihood.of(tokens[tokens.length - 1], context.logits(tokens.length - 2));
            assertThat(score).isCloseTo((first + second) / 2, org.assertj.core.data.Offset.offset(0.01));
        }
    }

    @Test
    void refusesAnEmptyTextToScore() {
        assertThatThrownBy(() -> engine.score(HELLO, 0, List.of(""), Duration.ofSeconds(5)))
                .isInstanceOf(InferenceRefused.class);
    }

    @Test
    void namesTheCpuVariantThatWasLoaded() {
        assertThat(LlamaRuntime.open(Cache.llamaLibraries()).kernel())
                .matches("llama\\.cpp v0\\.5\\.0 \\([a-z0-9]+\\)");
    }

    @Test
    void refusesADirectoryWithoutLibraries(@TempDir Path empty) {
        assertThatThrownBy(() -> LlamaRuntime.open(empty))
                .isInstanceOf(LlamaUnavailable.class)
                .hasMessageContaining("missing");
    }

    private static ChatRequest request(Sampling sampling, int maxTokens) {
        return new ChatRequest(HELLO, sampling, List.of(), maxTokens, Duration.ofSeconds(60));
    }

    private static Generated answer(ChatRequest request) {
        Recorder recorder = new Recorder();
        engine.answer(request, recorder);
        return recorder.end();
    }
}

package org.cartulary.inference.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.cartulary.inference.ChatMessage;
import org.cartulary.inference.ChatRequest;
import org.cartulary.inference.Generated;
import org.cartulary.inference.InferenceFailed;
import org.cartulary.inference.InferenceRefused;
import org.cartulary.inference.ReplayRequest;
import org.cartulary.inference.Replayed;
import org.cartulary.inference.Sampling;
import org.cartulary.inference.TokenLogprob;
import org.cartulary.inference.TokenTrace;
import org.cartulary.inference.testing.Cache;
import org.cartulary.inference.testing.TinyModel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Making a recorded answer again, log-probabilities, and biases. */
final class ReplayTest {
    private static final List<ChatMessage> HELLO = List.of(new ChatMessage(ChatMessage.Role.USER, "the ward"));
    private static final Sampling WILD = new Sampling(1.3f, 0.95f, 0.01f, 1.1f, 4711, "root ::= [a-z ]{30}");

    private static LlamaEngine engine;

    @BeforeAll
    static void startEngine(@TempDir Path directory) throws IOException {
        engine = LlamaEngine.start(
                LlamaRuntime.open(Cache.llamaLibraries()),
                TinyModel.in(directory).file(),
                null,
                new EngineSettings(4096, 1024, 3, 8, 1));
    }

    @AfterAll
    static void stopEngine() {
        engine.close();
    }

    @Test
    void repeatsARecordedAnswer() {
        for (Sampling sampling : List.of(WILD, Sampling.GREEDY)) {
            Generated answer = answer(request(sampling, 60));
            Replayed replayed = replay(answer.trace(), sampling);
            assertThat(replayed.words()).isEqualTo("identical");
            assertThat(replayed.sameTokens()).isEqualTo(answer.trace().output().size());
            assertThat(replayed.kernel()).startsWith("llama.cpp v0.5.0 (");
        }
    }

    @Test
    void endsAReplayThatIsCancelledAndTakesTheNext() {
        TokenTrace trace = answer(request(WILD, 60)).trace();
        for (int i = 0; i < 20; i++) {
            var replaying = engine.replay(new ReplayRequest(trace, WILD, Duration.ofSeconds(60)));
            assertThat(replaying.cancel(false)).isTrue();
            while (engine.status().busy()) {
                Thread.onSpinWait();
            }
        }
        assertThat(replay(trace, WILD).words()).isEqualTo("identical");
    }

    @Test
    void repeatsAnAnswerThatIsShorterThanASlice() {
        Generated answer = answer(request(Sampling.GREEDY, 3));
        assertThat(answer.promptTokens() + answer.outputTokens()).isLessThan(64);
        assertThat(replay(answer.trace(), Sampling.GREEDY).words()).isEqualTo("identical");
    }

    @Test
    void saysWhereAChangedRecordParts() {
        TokenTrace trace = answer(request(WILD, 60)).trace();
        List<Integer> changed = new ArrayList<>(trace.output());
        changed.set(7, changed.get(7) + 1);
        assertThat(replay(new TokenTrace(trace.prompt(), changed), WILD).words())
                .isEqualTo("same to token 7");
        Collections.reverse(changed);
        assertThat(replay(new TokenTrace(trace.prompt(), changed), WILD).words())
                .isEqualTo("diverged");
    }

    @Test
    void answersOthersWhileItReplays() {
        TokenTrace trace = answer(request(WILD, 60)).trace();
        var replaying = engine.replay(new ReplayRequest(trace, WILD, Duration.ofSeconds(60)));
        assertThat(answer(request(Sampling.GREEDY, 5)).outputTokens()).isPositive();
        assertThat(Recorder.await(replaying).words()).isEqualTo("identical");
    }

    @Test
    void refusesARecordOfAnotherModel() {
        assertThatThrownBy(() -> replay(new TokenTrace(List.of(1, 99_999), List.of(3)), WILD))
                .isInstanceOf(InferenceRefused.class)
                .hasMessageContaining("99999");
        assertThatThrownBy(() -> replay(new TokenTrace(Collections.nCopies(600, 5), List.of(3)), WILD))
                .isInstanceOf(InferenceRefused.class)
                .hasMessageContaining("600");
    }

    @Test
    void endsAReplayAtItsDeadline() {
        TokenTrace trace = answer(request(WILD, 60)).trace();
        assertThatThrownBy(() -> Recorder.await(engine.replay(new ReplayRequest(trace, WILD, Duration.ZERO))))
                .isInstanceOf(InferenceFailed.class)
                .hasMessageContaining("deadline");
    }

    @Test
    void givesLogProbabilitiesBesideTheTextThatTheyBelongTo() {
        Recorder recorder = new Recorder();
        engine.answer(request(Sampling.GREEDY, 12).withLogprobs(3), recorder);
        Generated answer = recorder.end();
        assertThat(recorder.logprobs).hasSizeBetween(1, answer.outputTokens());
        assertThat(answer.logprobs()).hasSize(answer.outputTokens());
        for (TokenLogprob one : answer.logprobs()) {
            assertThat(one.logprob()).isNegative();
            assertThat(one.top()).hasSize(3);
            assertThat(one.top().getFirst().token()).isEqualTo(one.token());
            assertThat(one.top().getFirst().logprob()).isEqualTo(one.logprob());
            assertThat(one.top().getLast().logprob()).isLessThan(one.logprob());
        }
    }

    @Test
    void aBiasForcesOrForbidsAToken() {
        Generated plain = answer(request(Sampling.GREEDY, 4));
        int first = plain.trace().output().getFirst();
        Generated without = answer(request(Sampling.GREEDY.withLogitBias(java.util.Map.of(first, -100f)), 4));
        assertThat(without.trace().output().getFirst()).isNotEqualTo(first);
        Generated forced = answer(request(Sampling.GREEDY.withLogitBias(java.util.Map.of(270, 100f)), 4));
        assertThat(forced.trace().output()).startsWith(270, 270);
    }

    @Test
    void refusesABiasForATokenThatTheModelLacks() {
        Sampling absent = Sampling.GREEDY.withLogitBias(java.util.Map.of(1_000_000, 1f));
        assertThatThrownBy(() -> answer(request(absent, 4)))
                .isInstanceOf(InferenceRefused.class)
                .hasMessageContaining("1000000");
        assertThat(answer(request(Sampling.GREEDY, 4)).outputTokens()).isPositive();
    }

    private static ChatRequest request(Sampling sampling, int max) {
        return new ChatRequest(HELLO, sampling, List.of(), max, Duration.ofSeconds(60));
    }

    private static Generated answer(ChatRequest request) {
        Recorder recorder = new Recorder();
        engine.answer(request, recorder);
        return recorder.end();
    }

    private static Replayed replay(TokenTrace trace, Sampling sampling) {
        return Recorder.await(engine.replay(new ReplayRequest(trace, sampling, Duration.ofSeconds(60))));
    }
}

package org.cartulary.inference.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.cartulary.inference.InferenceRefused;
import org.cartulary.inference.Refusal;
import org.cartulary.inference.embedding.Lane;
import org.cartulary.inference.embedding.SelfCheck;
import org.cartulary.inference.embedding.SelfCheckFailed;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class LanePoolTest {
    private static final Turn ORDINARY = new Turn("", false);

    private final AtomicBoolean wrong = new AtomicBoolean();
    private final AtomicReference<@Nullable RuntimeException> fault = new AtomicReference<>();
    private final Lane lane = tokens -> {
        if (fault.get() != null) {
            throw fault.get();
        }
        return new float[] {tokens[0], wrong.get() ? -1 : 1};
    };
    private final SelfCheck check = SelfCheck.atStart(lane, new int[] {1}, "unknown");
    private final CompletableFuture<RuntimeException> broken = new CompletableFuture<>();

    @Test
    void givesResultsInTheOrderOfTheTexts() {
        LanePool pool = pool(Duration.ofHours(1));
        assertThat(pool.all(List.of(new int[] {3}, new int[] {1}, new int[] {2}), ORDINARY, () -> {}))
                .containsExactly(new float[] {3, 1}, new float[] {1, 1}, new float[] {2, 1});
        assertThat(pool.progress()).isEqualTo(3);
    }

    @Test
    void aRequestThatIsNoLongerWantedEnds() {
        assertThatThrownBy(() -> pool(Duration.ofHours(1)).all(List.of(new int[] {1}), new Turn("", true), () -> {
                    throw new InferenceRefused(new Refusal.BadRequest("cancelled"));
                }))
                .isInstanceOf(InferenceRefused.class);
    }

    @Test
    void aLaneThatGoesWrongWhileRunningIsFoundBeforeItsNextText() throws Exception {
        LanePool pool = pool(Duration.ZERO);
        assertThat(pool.all(List.of(new int[] {1}), ORDINARY, () -> {})).hasSize(1);
        wrong.set(true);
        assertThatThrownBy(() -> pool.all(Collections.nCopies(4, new int[] {1}), ORDINARY, () -> {}))
                .isInstanceOf(SelfCheckFailed.class);
        assertThat(broken.get(20, TimeUnit.SECONDS)).hasMessageContaining("its numbers are wrong");
    }

    @Test
    void aLaneThatGivesNoNumbersIsFoundTooAndItsTextFails() throws Exception {
        LanePool pool = pool(Duration.ZERO);
        fault.set(new IllegalStateException("not a number"));
        assertThatThrownBy(() -> pool.all(List.of(new int[] {1}), ORDINARY, () -> {}))
                .hasMessageContaining("not a number");
        assertThat(broken.get(20, TimeUnit.SECONDS)).hasMessageContaining("not a number");
    }

    @Test
    void aCallerWithMuchToReadDelaysAnotherByATextAndNotByAll() throws Exception {
        List<String> read = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch queued = new CountDownLatch(1);
        Lane slow = tokens -> {
            read.add(tokens[0] == 7 ? "much" : "little");
            reading.countDown();
            awaitQuietly(queued);
            return new float[] {1};
        };
        LanePool pool = new LanePool(List.of(slow), check, Duration.ofHours(1), broken::complete);
        Thread much = Thread.ofVirtual().start(() -> pool.all(texts(20, 7), new Turn("much", false), () -> {}));
        reading.await();
        Thread little = Thread.ofVirtual().start(() -> pool.all(texts(2, 3), new Turn("little", false), () -> {}));
        awaitWaiting(little);
        queued.countDown();
        little.join();
        much.join();
        assertThat(read.subList(0, 5)).containsExactlyInAnyOrder("much", "much", "much", "little", "little");
    }

    private static List<int[]> texts(int count, int token) {
        return Collections.nCopies(count, new int[] {token, token});
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private LanePool pool(Duration every) {
        return new LanePool(List.of(lane, lane), check, every, broken::complete);
    }
}

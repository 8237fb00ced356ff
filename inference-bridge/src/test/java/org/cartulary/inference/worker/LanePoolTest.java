package org.cartulary.inference.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.cartulary.inference.InferenceRefused;
import org.cartulary.inference.Refusal;
import org.cartulary.inference.embedding.Lane;
import org.cartulary.inference.embedding.SelfCheck;
import org.cartulary.inference.embedding.SelfCheckFailed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class LanePoolTest {
    private final AtomicBoolean wrong = new AtomicBoolean();
    private final Lane lane = tokens -> new float[] {tokens[0], wrong.get() ? -1 : 1};
    private final SelfCheck check = SelfCheck.atStart(lane, new int[] {1}, "unknown");
    private final CompletableFuture<SelfCheckFailed> broken = new CompletableFuture<>();

    @Test
    void givesResultsInTheOrderOfTheTexts() {
        LanePool pool = pool(Duration.ofHours(1));
        assertThat(pool.all(List.of(new int[] {3}, new int[] {1}, new int[] {2}), false, () -> {}))
                .containsExactly(new float[] {3, 1}, new float[] {1, 1}, new float[] {2, 1});
        assertThat(pool.progress()).isEqualTo(3);
    }

    @Test
    void aRequestThatIsNoLongerWantedEnds() {
        assertThatThrownBy(() -> pool(Duration.ofHours(1)).all(List.of(new int[] {1}), true, () -> {
                    throw new InferenceRefused(new Refusal.BadRequest("cancelled"));
                }))
                .isInstanceOf(InferenceRefused.class);
    }

    @Test
    void aLaneThatGoesWrongWhileRunningIsFoundBeforeItsNextText() throws Exception {
        LanePool pool = pool(Duration.ZERO);
        assertThat(pool.all(List.of(new int[] {1}), false, () -> {})).hasSize(1);
        wrong.set(true);
        Thread caller =
                Thread.ofVirtual().start(() -> pool.all(Collections.nCopies(4, new int[] {1}), false, () -> {}));
        assertThat(broken.get(20, TimeUnit.SECONDS)).hasMessageContaining("its numbers are wrong");
        assertThat(caller.isAlive()).isTrue();
    }

    private LanePool pool(Duration every) {
        return new LanePool(List.of(lane, lane), check, every, broken::complete);
    }
}

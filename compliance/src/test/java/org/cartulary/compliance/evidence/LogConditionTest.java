package org.cartulary.compliance.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.cartulary.compliance.tlog.Frontier;
import org.junit.jupiter.api.Test;

class LogConditionTest {
    private final LogCondition condition = new LogCondition();

    /** A witness contradicts the log while the integrator is in the midst of a turn. */
    @Test
    void whatIsStoppedForGoodStaysStoppedWhateverATurnSaysAtItsEnd() {
        condition.stop("A witness has another checkpoint");
        condition.provable(1, new LogState(Frontier.EMPTY.plus(List.of(new byte[32])), "note", Instant.EPOCH));
        condition.pending(0);
        condition.run();
        condition.retry("The disk is full");
        condition.run();
        condition.stop("Something later");
        assertThat(condition.isStoppedForGood()).isTrue();
        assertThat(condition.status().size()).isEqualTo(1);
        assertThatThrownBy(condition::requireRunning).hasMessage("A witness has another checkpoint");
    }

    @Test
    void whatIsTriedAgainGoesOn() {
        assertThat(condition.retry("The disk is full")).isTrue();
        assertThat(condition.retry("The disk is full")).isFalse();
        assertThatThrownBy(condition::requireRunning).hasMessage("The disk is full");
        condition.run();
        condition.requireRunning();
    }
}

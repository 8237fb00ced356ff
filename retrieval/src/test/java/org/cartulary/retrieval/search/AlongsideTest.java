package org.cartulary.retrieval.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class AlongsideTest {
    @Test
    void nothingGoesOnBehindWorkThatFailed() {
        Thread waiting = Thread.currentThread();
        AtomicBoolean ended = new AtomicBoolean();
        assertThatThrownBy(() -> {
                    try (Alongside<Boolean> words = Alongside.start(() -> {
                        while (waiting.getState() != Thread.State.WAITING) {
                            Thread.onSpinWait();
                        }
                        ended.set(true);
                        return words();
                    })) {
                        assertThat(words).isNotNull();
                        throw new IllegalArgumentException("The embedder is down");
                    }
                })
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(ended).isTrue();
    }

    @Test
    void aFaultOfTheWorkIsThrownAsItWasThrown() {
        try (Alongside<Boolean> words = Alongside.start(AlongsideTest::words)) {
            assertThatThrownBy(words::result)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("no words");
        }
    }

    private static Boolean words() {
        throw new IllegalStateException("no words");
    }
}

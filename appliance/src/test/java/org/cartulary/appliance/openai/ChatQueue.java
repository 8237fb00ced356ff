package org.cartulary.appliance.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.cartulary.appliance.testing.SharedAppliance.Running;

/** What waits for the chat model. */
final class ChatQueue {
    private ChatQueue() {}

    /** Waits until nobody does any more, so that the next test finds the model free. */
    static void awaitEmpty(Running running) {
        Instant deadline = Instant.now().plus(Duration.ofMinutes(1));
        while (!running.client()
                .get("/metrics")
                .body()
                .contains("cartulary_worker_requests_waiting{role=\"chat\"} 0")) {
            assertThat(Instant.now()).as("time until the queue is empty").isBefore(deadline);
        }
    }
}

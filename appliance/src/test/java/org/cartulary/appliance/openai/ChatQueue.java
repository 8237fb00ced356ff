package org.cartulary.appliance.openai;

import org.cartulary.appliance.testing.SharedAppliance.Running;
import org.cartulary.appliance.testing.Wait;

/** What waits for the chat model. */
final class ChatQueue {
    private ChatQueue() {}

    /** Waits until nobody does any more, so that the next test finds the model free. */
    static void awaitEmpty(Running running) {
        Wait.until(
                "the queue is empty",
                () -> running.client()
                        .get("/metrics")
                        .body()
                        .contains("cartulary_worker_requests_waiting{role=\"chat\"} 0"));
    }
}

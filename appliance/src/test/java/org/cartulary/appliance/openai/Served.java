package org.cartulary.appliance.openai;

import com.fasterxml.jackson.databind.JsonNode;
import org.cartulary.appliance.testing.SharedAppliance.Running;

/** The models of the shared appliance. */
final class Served {
    private Served() {}

    /** The name of the model for a task: {@code chat}, {@code embedding}. */
    static String named(Running running, String task) {
        for (JsonNode model : running.client().json("/v1/models").path("data")) {
            if (model.path("task").asText().equals(task)) {
                return model.path("id").asText();
            }
        }
        throw new AssertionError("No model for " + task);
    }
}

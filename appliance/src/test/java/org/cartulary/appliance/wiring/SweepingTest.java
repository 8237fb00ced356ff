package org.cartulary.appliance.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.cartulary.appliance.testing.SharedAppliance;
import org.cartulary.appliance.testing.SharedAppliance.Running;
import org.cartulary.appliance.testing.Wait;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedAppliance.class)
class SweepingTest {
    @Test
    void aSignOfLifeIsAnEntry(Running running) {
        long before = running.officer().json("/api/status").at("/log/size").asLong();

        running.appliance().get(Sweeping.class).beat();

        Wait.until(
                "the sign of life is published",
                () -> types(running, before).findValuesAsText("type").contains("heartbeat"));
    }

    /** Rules of retention there are none: everything stays, and nothing is said. */
    @Test
    void disposesOfNothingWithoutARule(Running running) {
        long before = running.officer().json("/api/status").at("/log/size").asLong();

        running.appliance().get(Sweeping.class).dispose();
        running.appliance().get(Sweeping.class).beat();

        Wait.until(
                "what came after is published",
                () -> types(running, before).findValuesAsText("type").contains("heartbeat"));
        assertThat(types(running, before).findValuesAsText("type")).doesNotContain("payloads-destroyed");
    }

    private static JsonNode types(Running running, long from) {
        return running.officer().json("/api/audit/entries?limit=1000&from=" + from);
    }
}

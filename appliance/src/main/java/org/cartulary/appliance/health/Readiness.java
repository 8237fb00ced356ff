package org.cartulary.appliance.health;

import jakarta.inject.Singleton;
import org.cartulary.appliance.wiring.Modules;
import org.cartulary.inference.supervision.WorkerState;

/** Whether a question could be answered and recorded now. Thread-safe. */
@Singleton
final class Readiness {
    private final Modules modules;

    Readiness(Modules modules) {
        this.modules = modules;
    }

    boolean isReady() {
        return modules.database().isUp()
                && modules.evidence().whyNotWritable().isEmpty()
                && modules.inference().status().stream().allMatch(worker -> worker.state() == WorkerState.READY);
    }
}

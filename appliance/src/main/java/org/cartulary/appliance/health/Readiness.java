package org.cartulary.appliance.health;

import jakarta.inject.Singleton;
import org.cartulary.appliance.wiring.Modules;
import org.cartulary.compliance.evidence.EvidenceUnavailable;
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
                && isLogWritable()
                && modules.inference().status().stream().allMatch(worker -> worker.state() == WorkerState.READY);
    }

    private boolean isLogWritable() {
        try {
            modules.evidence().requireWritable();
            return true;
        } catch (EvidenceUnavailable e) {
            return false;
        }
    }
}

package org.cartulary.inference.supervision;

import java.util.Optional;

/** Leaves a role without a model; what its model has begun, it finishes. For roles that the appliance can do without. */
final class ModelWithdrawal {
    private final WorkerPool workers;
    private final ModelSlot slot;

    ModelWithdrawal(WorkerPool workers, ModelSlot slot) {
        this.workers = workers;
        this.slot = slot;
    }

    /**
     * Returns when no new request goes to the model; it ends in the background.
     *
     * @param leaving runs before requests stop going to it; if it throws, it stays
     * @throws SwitchRefused when another change is under way
     */
    void run(Runnable leaving) {
        slot.claim(new SwitchStatus(slot.role(), "", "none", SwitchStatus.Phase.DRAINING));
        try {
            leaving.run();
            Optional<WorkerSupervisor> before = slot.leave();
            Thread.ofVirtual().name("drain-" + Launch.name(slot.role())).start(() -> drain(before));
        } catch (RuntimeException e) {
            slot.report(null);
            throw e;
        }
    }

    private void drain(Optional<WorkerSupervisor> before) {
        try {
            before.ifPresent(old -> {
                old.retire(ModelSwitch.DRAIN);
                workers.end(old);
            });
        } finally {
            slot.report(null);
        }
    }
}

package org.cartulary.inference.supervision;

import java.time.Duration;
import java.util.Optional;
import org.cartulary.inference.InferenceFailed;
import org.cartulary.inference.models.StoredModel;
import org.cartulary.inference.process.FreeMemory;

/**
 * Puts another model in a role's place while requests go on. Beside the old one, where there is memory for both: requests
 * never wait. Else in its stead: the old one ends what it has begun, then the new one loads, and requests wait.
 */
final class ModelSwitch {
    /** For answers under way; longer ones end with a clear error. */
    static final Duration DRAIN = Duration.ofMinutes(10);

    private final WorkerPool workers;
    private final ModelSlot slot;
    private final Launch launch;

    ModelSwitch(WorkerPool workers, ModelSlot slot, Launch launch) {
        this.workers = workers;
        this.slot = slot;
        this.launch = launch;
    }

    /**
     * Loads the new model while the old one serves, and turns to it. Returns when the new one serves; the old one drains
     * in the background.
     *
     * @param taking runs when the new model is ready and before requests go to it; if it throws, the old one stays
     * @throws SwitchRefused when memory does not allow both, or the new one cannot serve
     */
    void beside(Runnable taking) {
        long needed = MemoryNeed.of(launch.model(), launch.config().sizes());
        long free = FreeMemory.bytes();
        if (needed > free) {
            throw new SwitchRefused(name() + " needs about " + needed / 1_000_000 + " MB of memory, but "
                    + free / 1_000_000 + " MB are free beside what serves now: free memory, or let the old model end"
                    + " before the new one loads (--restart), while requests wait.");
        }
        slot.claim(status(SwitchStatus.Phase.LOADING));
        try {
            Optional<WorkerSupervisor> before = slot.turnTo(loaded(taking, "what served before goes on serving"));
            slot.report(status(SwitchStatus.Phase.DRAINING));
            Thread.ofVirtual().name("drain-" + launch.name()).start(() -> drain(before));
        } catch (RuntimeException e) {
            slot.report(null);
            throw e;
        }
    }

    private void drain(Optional<WorkerSupervisor> before) {
        try {
            before.ifPresent(this::retire);
        } finally {
            slot.report(null);
        }
    }

    /**
     * Lets the old model end what it has begun, ends it, and loads the new one; requests wait meanwhile, within their
     * patience. Where the new one cannot serve, the old one is loaded again.
     *
     * @param taking as for {@link #beside}
     * @throws SwitchRefused when the new one cannot serve
     */
    void inItsStead(Runnable taking) {
        slot.claim(status(SwitchStatus.Phase.DRAINING));
        Optional<WorkerSupervisor> before = slot.vacate();
        try {
            before.ifPresent(this::retire);
            slot.report(status(SwitchStatus.Phase.LOADING));
            slot.turnTo(loaded(taking, "what served before is loaded again"));
        } catch (RuntimeException e) {
            slot.turnTo(before.map(old -> workers.start(old.launch())).orElse(null));
            throw e;
        } finally {
            slot.report(null);
        }
    }

    private WorkerSupervisor loaded(Runnable taking, String otherwise) {
        WorkerSupervisor next = workers.start(launch);
        boolean taken = false;
        try {
            next.awaitReady(1);
            taking.run();
            taken = true;
            return next;
        } catch (InferenceFailed e) {
            throw new SwitchRefused(
                    name() + " cannot serve, so " + otherwise + ": "
                            + next.failure().orElse(String.valueOf(e.getMessage())),
                    e);
        } finally {
            if (!taken) {
                workers.end(next);
            }
        }
    }

    private void retire(WorkerSupervisor old) {
        old.retire(DRAIN);
        workers.end(old);
    }

    private String name() {
        StoredModel model = launch.model();
        return model.manifest().name();
    }

    private SwitchStatus status(SwitchStatus.Phase phase) {
        return new SwitchStatus(launch.role(), launch.model().manifest().sha256(), name(), phase);
    }
}

package org.cartulary.inference.supervision;

import java.time.Duration;
import org.cartulary.inference.Embedder;
import org.cartulary.inference.ModelCard;

/**
 * One embedding model in its worker: calls go to this model, also when another has come to serve everybody meanwhile.
 * Thread-safe.
 */
public final class PinnedEmbedder implements AutoCloseable {
    private final WorkerPool workers;
    private final ModelSlot everybodys;
    private final WorkerSupervisor worker;
    private final Embedder embedder;

    PinnedEmbedder(WorkerPool workers, ModelSlot everybodys, WorkerSupervisor worker, Duration patience) {
        this.workers = workers;
        this.everybodys = everybodys;
        this.worker = worker;
        this.embedder = new WorkerEmbedder(new ModelSlot(ModelCard.Role.EMBEDDING, worker, null, patience));
    }

    public Embedder embedder() {
        return embedder;
    }

    WorkerSupervisor worker() {
        return worker;
    }

    /** Ends its worker when the calls under way have ended; not while it serves everybody. */
    @Override
    public void close() {
        boolean serves = everybodys.current().filter(now -> now == worker).isPresent();
        if (!serves) {
            worker.retire(ModelSwitch.DRAIN);
            workers.end(worker);
        }
    }
}

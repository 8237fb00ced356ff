package org.cartulary.inference.supervision;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.cartulary.inference.InferenceFailed;

/** Every worker that runs, those that come and those that go included, so that none outlives the rest. Thread-safe. */
final class WorkerPool {
    private final SocketDirectory sockets;
    private final Set<WorkerSupervisor> running = ConcurrentHashMap.newKeySet();
    private boolean closed;

    WorkerPool(SocketDirectory sockets) {
        this.sockets = sockets;
    }

    /** @throws InferenceFailed when everything was told to end */
    synchronized WorkerSupervisor start(Launch launch) {
        if (closed) {
            throw new InferenceFailed("The appliance is stopping; no worker is started any more.");
        }
        WorkerSupervisor supervisor = new WorkerSupervisor(launch, sockets);
        running.add(supervisor);
        return supervisor;
    }

    /** Ends a worker. */
    void end(WorkerSupervisor supervisor) {
        supervisor.close();
        running.remove(supervisor);
    }

    /** Lets running requests end for a few seconds, then ends all. */
    void closeAll() {
        synchronized (this) {
            closed = true;
        }
        List<Thread> closing = running.stream()
                .map(supervisor -> Thread.ofPlatform().start(supervisor::close))
                .toList();
        try {
            for (Thread thread : closing) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sockets.close();
    }
}

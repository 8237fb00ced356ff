package org.cartulary.inference.supervision;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.cartulary.inference.InferenceFailed;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.protocol.Message;
import org.jspecify.annotations.Nullable;

/**
 * The place of one role's model: calls go to whatever serves there now, so that whoever holds a generator or an embedder
 * follows a switch without knowing of it. Thread-safe.
 */
final class ModelSlot {
    private final ModelCard.Role role;

    /** Read to begin a call, written to turn to another model: no call begins at a model that has been left. */
    private final ReentrantReadWriteLock turning = new ReentrantReadWriteLock();

    private volatile @Nullable WorkerSupervisor current;

    ModelSlot(ModelCard.Role role, @Nullable WorkerSupervisor first) {
        this.role = role;
        this.current = first;
    }

    ModelCard.Role role() {
        return role;
    }

    /** What runs here; empty where the role has no model. */
    Optional<WorkerSupervisor> current() {
        return Optional.ofNullable(current);
    }

    /**
     * The worker that serves now, waiting for it where it is starting.
     *
     * @throws InferenceFailed when there is none, it cannot serve, or not within the configured patience
     */
    Serving serving() {
        while (true) {
            WorkerSupervisor asked = occupant();
            try {
                return asked.serving();
            } catch (InferenceFailed e) {
                if (asked == current) {
                    throw e;
                }
            }
        }
    }

    /**
     * Begins a request at the model that serves now; close the call to end it.
     *
     * @throws InferenceFailed as {@link #serving}
     * @throws org.cartulary.inference.InferenceRefused when the message is too large
     */
    Call begin(Message message) {
        while (true) {
            WorkerSupervisor asked = occupant();
            Serving serving = serving();
            turning.readLock().lock();
            try {
                if (asked == current) {
                    return serving.link().begin(message);
                }
            } finally {
                turning.readLock().unlock();
            }
        }
    }

    /** A request with one reply. */
    Message ask(Message message, Duration patience) {
        try (Call call = begin(message)) {
            return call.next(patience);
        }
    }

    /** Lets new calls go to another worker, or wait for it where it is still starting; returns the one before. */
    Optional<WorkerSupervisor> turnTo(@Nullable WorkerSupervisor next) {
        turning.writeLock().lock();
        try {
            WorkerSupervisor before = current;
            current = next;
            return Optional.ofNullable(before);
        } finally {
            turning.writeLock().unlock();
        }
    }

    private WorkerSupervisor occupant() {
        WorkerSupervisor asked = current;
        if (asked == null) {
            throw new InferenceFailed(
                    "No " + Launch.name(role) + " model is configured: import one and choose it with models use.");
        }
        return asked;
    }
}

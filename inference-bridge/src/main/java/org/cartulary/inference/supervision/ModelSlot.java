package org.cartulary.inference.supervision;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.cartulary.inference.InferenceFailed;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.PromptCacheStatus;
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

    private final Condition occupied = turning.writeLock().newCondition();
    private final AtomicReference<@Nullable SwitchStatus> underWay = new AtomicReference<>();

    private final Duration patience;
    /** Written under the write lock. */
    private volatile @Nullable String absence;

    private volatile @Nullable WorkerSupervisor current;

    /** Written under the write lock; while it holds, calls wait for the next model. */
    private volatile boolean vacated;

    /**
     * @param first what serves now, or null
     * @param absence why nothing serves here, or null where nothing is meant to
     * @param patience of a call while a model makes room for another
     */
    ModelSlot(ModelCard.Role role, @Nullable WorkerSupervisor first, @Nullable String absence, Duration patience) {
        this.role = role;
        this.current = first;
        this.absence = absence;
        this.patience = patience;
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
    Begun begin(Message message) {
        while (true) {
            WorkerSupervisor asked = occupant();
            Serving serving = serving();
            turning.readLock().lock();
            try {
                if (asked == current) {
                    return new Begun(
                            serving.link().begin(message), serving.ready().card());
                }
            } finally {
                turning.readLock().unlock();
            }
        }
    }

    /** A request under way, and the model that works on it. */
    record Begun(Call call, ModelCard model) {}

    /** A request with one reply. */
    Message ask(Message message, Duration patience) {
        try (Call call = begin(message).call()) {
            return call.next(patience);
        }
    }

    /** Lets new calls go to another worker, or wait for it where it is still starting; returns the one before. */
    Optional<WorkerSupervisor> turnTo(@Nullable WorkerSupervisor next) {
        turning.writeLock().lock();
        try {
            WorkerSupervisor before = current;
            current = next;
            vacated = false;
            occupied.signalAll();
            return Optional.ofNullable(before);
        } finally {
            turning.writeLock().unlock();
        }
    }

    /** Leaves the role without a model, meant or not; returns the one before. */
    Optional<WorkerSupervisor> leave() {
        turning.writeLock().lock();
        try {
            absence = null;
            return turnTo(null);
        } finally {
            turning.writeLock().unlock();
        }
    }

    /** Lets new calls wait for the next model; returns the one before. */
    Optional<WorkerSupervisor> vacate() {
        turning.writeLock().lock();
        try {
            WorkerSupervisor before = current;
            current = null;
            vacated = true;
            return Optional.ofNullable(before);
        } finally {
            turning.writeLock().unlock();
        }
    }

    /** A change that is under way here. */
    Optional<SwitchStatus> underWay() {
        return Optional.ofNullable(underWay.get());
    }

    /**
     * Begins a change.
     *
     * @throws SwitchRefused when another is under way
     */
    void claim(SwitchStatus change) {
        if (!underWay.compareAndSet(null, change)) {
            throw new SwitchRefused("A change of the " + Launch.name(role)
                    + " model is under way, or answers of the one before are still being finished: try again when"
                    + " the status shows no change.");
        }
    }

    /** Says how far the change is; null when it is over. */
    void report(@Nullable SwitchStatus change) {
        underWay.set(change);
    }

    /** How what serves here is doing; empty where the role has no model. */
    Optional<WorkerStatus> status() {
        WorkerSupervisor now = current;
        if (now != null) {
            return Optional.of(now.status());
        }
        return vacated
                ? Optional.of(idle(WorkerState.LOADING, null))
                : absence().map(reason -> idle(WorkerState.UNUSABLE, reason));
    }

    private WorkerStatus idle(WorkerState state, @Nullable String reason) {
        return new WorkerStatus(role, state, 0, 0, reason, null, 0, 0, 0, 0, PromptCacheStatus.NOTHING, 0, 0, 0);
    }

    /** Why this role has no model, where one was meant to serve. */
    Optional<String> absence() {
        return current == null && !vacated ? Optional.ofNullable(absence) : Optional.empty();
    }

    /** Whether a model serves here, is meant to, or will when a change is over. */
    boolean configured() {
        return current != null || vacated || absence != null;
    }

    private WorkerSupervisor occupant() {
        WorkerSupervisor asked = current;
        if (asked == null && vacated) {
            awaitOccupant();
            asked = current;
        }
        if (asked == null) {
            throw new InferenceFailed(unoccupied());
        }
        return asked;
    }

    private String unoccupied() {
        String name = Launch.name(role);
        if (vacated) {
            return "The " + name + " model is being changed for another: try again in a little while.";
        }
        String missing = absence;
        return missing != null
                ? missing
                : "No " + name + " model is configured: import one, then choose it with models use.";
    }

    private void awaitOccupant() {
        turning.writeLock().lock();
        try {
            long left = patience.toNanos();
            while (vacated && left > 0) {
                left = occupied.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InferenceFailed("The call was interrupted while it waited for a model.", e);
        } finally {
            turning.writeLock().unlock();
        }
    }
}

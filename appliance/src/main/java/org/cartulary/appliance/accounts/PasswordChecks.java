package org.cartulary.appliance.accounts;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Keeps the work that passwords cost within bounds: so many at once that questions go on beside them, so many waiting, and
 * beyond that a refusal. Thread-safe.
 */
public final class PasswordChecks {
    /** That wait for their turn at most; each takes a tenth of a second or so. */
    static final int MAX_WAITING = 64;

    private final Semaphore places = new Semaphore(MAX_WAITING);
    private final Semaphore working;
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    /** Too many sign-ins wait already. */
    public static final class Busy extends RuntimeException {
        Busy() {
            super("Too many people sign in at this moment: try again in a few seconds.");
        }
    }

    /** @param cores of the machine; a half of them is the most that passwords take */
    public PasswordChecks(int cores) {
        this.working = new Semaphore(Math.max(1, cores / 2), true);
    }

    /** How many hashes were computed, for metrics, and for a test that compares the work that sign-ins cost. */
    public long done() {
        return done.get();
    }

    public long refused() {
        return refused.get();
    }

    /** Whether a password is the one of a hash, which costs the same whichever it is. */
    boolean matches(String password, String phc) {
        return inTurn(() -> PasswordHash.matches(password, phc));
    }

    String hash(String password) {
        return inTurn(() -> PasswordHash.of(password));
    }

    private <T> T inTurn(Supplier<T> work) {
        if (!places.tryAcquire()) {
            refused.incrementAndGet();
            throw new Busy();
        }
        try {
            working.acquireUninterruptibly();
            try {
                done.incrementAndGet();
                return work.get();
            } finally {
                working.release();
            }
        } finally {
            places.release();
        }
    }
}

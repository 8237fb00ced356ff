package org.cartulary.appliance.accounts;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Jdbi;

/**
 * Holds requests and questions against limits. Requests of a minute are counted in memory, by node; questions of a day (UTC)
 * in the database, so that a restart forgets none. Thread-safe.
 */
public final class Usage {
    /** Whom counts are kept of in memory; beyond that the oldest windows are forgotten. */
    private static final int MAX_WINDOWS = 100_000;

    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final Jdbi jdbi;
    private final Clock clock;
    private final Map<String, Window> windows = new ConcurrentHashMap<>();
    private final AtomicLong refused = new AtomicLong();

    public Usage(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Requests in the minute that began then. */
    private record Window(long beganMillis, int requests) {}

    /** Requests that were refused since the start, for metrics. */
    public long refused() {
        return refused.get();
    }

    /**
     * Counts a request.
     *
     * @param subject a principal's id or a credential
     * @return after how long to try again; empty where it is within the limit
     */
    public Optional<Duration> request(String subject, Limits limits) {
        Integer most = limits.requestsPerMinute();
        if (most == null) {
            return Optional.empty();
        }
        long now = clock.millis();
        if (windows.size() >= MAX_WINDOWS) {
            windows.values().removeIf(window -> now - window.beganMillis() >= WINDOW.toMillis());
        }
        Window window = windows.compute(subject, (name, before) -> {
            boolean over = before == null || now - before.beganMillis() >= WINDOW.toMillis();
            return over ? new Window(now, 1) : new Window(before.beganMillis(), before.requests() + 1);
        });
        if (window.requests() <= most) {
            return Optional.empty();
        }
        refused.incrementAndGet();
        return Optional.of(Duration.ofMillis(Math.max(1, window.beganMillis() + WINDOW.toMillis() - now)));
    }

    /**
     * Counts a question, unless it is one too many.
     *
     * @param subject a principal's id or a credential
     * @return after how long to try again, at midnight UTC; empty where it is within the quota
     */
    public Optional<Duration> question(String subject, Limits limits) {
        Integer most = limits.questionsPerDay();
        LocalDate today =
                OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC).toLocalDate();
        boolean counted = jdbi.withHandle(handle -> handle.createUpdate("""
                                INSERT INTO appliance.usage (subject, day, questions) VALUES (:subject, :day, 1)
                                ON CONFLICT (subject, day) DO UPDATE SET questions = usage.questions + 1
                                WHERE usage.questions < :most""")
                        .bind("subject", subject)
                        .bind("day", today)
                        .bind("most", most == null ? Integer.MAX_VALUE : most)
                        .execute()
                == 1);
        if (counted) {
            return Optional.empty();
        }
        refused.incrementAndGet();
        OffsetDateTime midnight = OffsetDateTime.of(today.plusDays(1), LocalTime.MIDNIGHT, ZoneOffset.UTC);
        return Optional.of(Duration.between(clock.instant(), midnight.toInstant()));
    }

    /** Forgets counts of days that are over. */
    void sweep() {
        LocalDate today =
                OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC).toLocalDate();
        jdbi.useHandle(handle -> handle.createUpdate("DELETE FROM appliance.usage WHERE day < :day")
                .bind("day", today.minusDays(30))
                .execute());
    }
}

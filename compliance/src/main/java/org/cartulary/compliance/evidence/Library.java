package org.cartulary.compliance.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.cartulary.compliance.canonical.CanonicalJson;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.keys.DataKeys;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * By policy, documents can be searched and opened where the log cannot be written: each access is noted in a {@link Spool} first,
 * and brought into the log as soon as that can be written again. Nothing is answered meanwhile. Thread-safe.
 */
final class Library implements AutoCloseable {
    /** The library is open only where a whole question certainly fits. */
    static final int RESERVE_BYTES = 256 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(Library.class);
    private static final long POLL_SECONDS = 1;
    private static final Set<String> ACTS = Set.of("search", "open");
    private static final Set<EntryType> SIGN_INS =
            EnumSet.of(EntryType.SIGNED_IN, EntryType.SIGN_IN_REFUSED, EntryType.SIGNED_OUT);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final @Nullable Spool spool;
    private final boolean allowed;
    private final Clock clock;
    private final Jdbi jdbi;
    private final EntryWriter writer;
    private final Runnable wake;
    private final BooleanSupplier writable;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("library").factory());

    /** Questions that are noted and have no end yet; what follows of them is noted too, whatever the log can. */
    private final Set<Long> open = new HashSet<>();

    private Library(
            @Nullable Spool spool,
            boolean allowed,
            Clock clock,
            Jdbi jdbi,
            EntryWriter writer,
            Runnable wake,
            BooleanSupplier writable) {
        this.spool = spool;
        this.allowed = allowed;
        this.clock = clock;
        this.jdbi = jdbi;
        this.writer = writer;
        this.wake = wake;
        this.writable = writable;
    }

    /**
     * Opens the library of a home. Notes of before are brought in even where it is no longer allowed.
     *
     * @param bytes of the spool; 0 where the library closes with the log
     * @param wake told that entries were committed
     * @param writable whether the log can be written now
     */
    static Library open(
            Path home,
            long bytes,
            DataKeys keys,
            Clock clock,
            Jdbi jdbi,
            EntryWriter writer,
            Runnable wake,
            BooleanSupplier writable) {
        Path file = home.resolve("library.spool");
        try {
            Spool spool = bytes == 0 && !Files.exists(file) ? null : Spool.open(file, bytes, keys::derived);
            if (spool != null && !spool.isEmpty()) {
                keepNumbers(jdbi, spool);
            }
            return new Library(spool, bytes > 0, clock, jdbi, writer, wake, writable);
        } catch (IOException e) {
            throw new EvidenceUnavailable(
                    "The library's spool " + file + " cannot be made or read (" + e.getMessage()
                            + "): make room for it, or set cartulary.evidence.library-megabytes to 0",
                    e);
        }
    }

    /** A database that was put back gives no number again that was noted since. */
    private static void keepNumbers(Jdbi jdbi, Spool spool) throws IOException {
        long last = 0;
        for (int i = 0; i < spool.size(); i++) {
            last = Math.max(last, number(spool.get(i)));
        }
        long noted = last;
        jdbi.useHandle(handle -> handle.createQuery(
                        "SELECT setval('compliance.number', greatest(:noted, last_value)) FROM compliance.number")
                .bind("noted", noted)
                .mapTo(Long.class)
                .one());
    }

    private static long number(byte[] note) {
        return CanonicalJson.parse(note).path("number").asLong();
    }

    void start() {
        if (spool != null) {
            Future<?> polling = thread.scheduleWithFixedDelay(this::poll, 0, POLL_SECONDS, TimeUnit.SECONDS);
            LOG.debug("The library's notes are looked for: {}", polling);
        }
    }

    LibraryStatus status() {
        Spool file = spool;
        return file == null
                ? new LibraryStatus(false, false, 0, 0, 0)
                : new LibraryStatus(allowed, isOpen(), file.size(), file.room(), file.bytes());
    }

    /** Whether documents can be searched and opened now though the log cannot be written. */
    boolean isOpen() {
        Spool file = spool;
        return allowed && file != null && file.room() >= RESERVE_BYTES && !writable.getAsBoolean();
    }

    /** Whether this is to be noted here and not written to the log. */
    boolean takes(EntryDraft draft) {
        if (draft.type().followsAsked()) {
            synchronized (open) {
                return open.contains(draft.number());
            }
        }
        boolean ofLibrary = SIGN_INS.contains(draft.type())
                || (draft.type() == EntryType.ASKED
                        && ACTS.contains(draft.clear().getOrDefault("act", "")));
        return ofLibrary && isOpen();
    }

    /**
     * Notes an entry; it is durable when this returns.
     *
     * @throws EvidenceUnavailable where it does not fit, or cannot be written
     */
    void note(EntryDraft draft) {
        LeafSchema.require(draft);
        byte[] note = CanonicalJson.bytes(Map.of(
                "type", draft.type().wireName(),
                "number", draft.number(),
                "actor", draft.actor().id(),
                "time", CanonicalJson.time(clock.instant()),
                "clear", draft.clear(),
                "sealed", draft.sealed()));
        Spool file = spool;
        if (file == null) {
            throw new EvidenceUnavailable("There is no spool");
        }
        synchronized (open) {
            try {
                file.add(note);
            } catch (IOException e) {
                open.remove(draft.number()); // its end will say that it was interrupted
                throw new EvidenceUnavailable("The library is closed too: " + e.getMessage(), e);
            }
            if (draft.type() == EntryType.ASKED) {
                open.add(draft.number());
            } else if (draft.type().endsQuestion()) {
                open.remove(draft.number());
            }
        }
    }

    private void poll() {
        try {
            if (spool != null && !spool.isEmpty() && writable.getAsBoolean()) {
                int entries = bringIn();
                LOG.info("{} entries that the library noted were brought into the log", entries);
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("What the library noted cannot be brought into the log yet; trying again", e);
        }
    }

    /**
     * Writes what was noted to the log, each question in one transaction, and forgets it. What a crash cut short is brought in
     * again without what was brought in already.
     */
    private int bringIn() throws IOException {
        Spool file = Objects.requireNonNull(spool);
        int count;
        Map<Long, List<Integer>> numbers = new LinkedHashMap<>();
        synchronized (open) {
            if (!open.isEmpty()) {
                return 0; // of a question that goes on
            }
            count = file.size();
        }
        for (int i = 0; i < count; i++) {
            numbers.computeIfAbsent(number(file.get(i)), unknown -> new ArrayList<>())
                    .add(i);
        }
        int entries = 0;
        for (Map.Entry<Long, List<Integer>> number : numbers.entrySet()) {
            List<EntryDraft> drafts = new ArrayList<>();
            for (int index : number.getValue()) {
                drafts.add(draft(CanonicalJson.parse(file.get(index))));
            }
            entries += jdbi.inTransaction(handle -> write(handle, number.getKey(), drafts));
            wake.run();
        }
        if (!file.clear(count)) {
            LOG.info("More was noted meanwhile");
        }
        return entries;
    }

    private int write(Handle handle, long number, List<EntryDraft> drafts) {
        boolean known = handle.createQuery("SELECT EXISTS (SELECT 1 FROM compliance.entry WHERE number = :number)")
                .bind("number", number)
                .mapTo(Boolean.class)
                .one();
        if (known) {
            return 0;
        }
        drafts.forEach(draft -> writer.write(handle, draft));
        EntryDraft last = drafts.getLast();
        if (last.type() == EntryType.ASKED || last.type() == EntryType.RETRIEVED) {
            writer.write(
                    handle,
                    new EntryDraft(EntryType.INTERRUPTED, number, last.actor(), new TreeMap<>(), new TreeMap<>()));
        }
        return drafts.size();
    }

    private static EntryDraft draft(JsonNode note) {
        SortedMap<String, Object> clear = new TreeMap<>();
        note.path("clear").properties().forEach(field -> clear.put(field.getKey(), clear(field.getValue())));
        clear.put("noted", note.path("time").asText());
        SortedMap<String, Object> sealed = new TreeMap<>();
        note.path("sealed")
                .properties()
                .forEach(field -> sealed.put(field.getKey(), JSON.convertValue(field.getValue(), Object.class)));
        return new EntryDraft(
                EntryType.ofWireName(note.path("type").asText()),
                note.path("number").asLong(),
                new Principal(note.path("actor").asText()),
                clear,
                sealed);
    }

    private static Object clear(JsonNode value) {
        return value.isIntegralNumber() ? (Object) value.asLong() : value.asText();
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            boolean ended = thread.awaitTermination(1, TimeUnit.MINUTES);
            LOG.debug("The library's thread ended: {}", ended);
            if (spool != null) {
                spool.close();
            }
        } catch (IOException e) {
            LOG.warn("The library's spool could not be closed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

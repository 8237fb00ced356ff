package org.cartulary.appliance.asking;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.cartulary.compliance.evidence.EntryDraft;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.inference.InferenceRefused;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Every call that returns document text or model output passes through here: it is on record before any work, and it ends
 * on record, however it ends. Thread-safe.
 */
public final class QuestionLog {
    /** What is asked for; stands in clear in the log. */
    public enum Act {
        ASK("ask", false),
        SEARCH("search", true),
        OPEN("open", true),
        CHAT_COMPLETIONS("chat-completions", false),
        EMBEDDINGS("embeddings", false),
        RERANK("rerank", false);

        private final String wireName;
        private final boolean ofLibrary;

        /** @param ofLibrary whether it may stay possible, by policy, while the log cannot be written */
        Act(String wireName, boolean ofLibrary) {
            this.wireName = wireName;
            this.ofLibrary = ofLibrary;
        }
    }

    /** Work done between the entry {@code asked} and the terminal one. */
    @FunctionalInterface
    public interface Work<T> {
        T run(OpenQuestion question);
    }

    private static final Set<EntryType> COUNTED = EnumSet.of(
            EntryType.ASKED,
            EntryType.ANSWERED,
            EntryType.ABSTAINED,
            EntryType.REFUSED,
            EntryType.FAILED,
            EntryType.CANCELLED,
            EntryType.INTERRUPTED);

    private final Jdbi jdbi;
    private final EvidenceLog log;
    private final Map<EntryType, LongAdder> counts = new EnumMap<>(EntryType.class);

    public QuestionLog(Jdbi jdbi, EvidenceLog log) {
        this.jdbi = jdbi;
        this.log = log;
        COUNTED.forEach(type -> counts.put(type, new LongAdder()));
    }

    /** The beginnings and ends that are counted. */
    public Set<EntryType> counted() {
        return Collections.unmodifiableSet(COUNTED);
    }

    /** Entries of a type since the start. */
    public long count(EntryType type) {
        LongAdder count = counts.get(type);
        return count == null ? 0 : count.sum();
    }

    private void note(EntryType type) {
        LongAdder count = counts.get(type);
        if (count != null) {
            count.increment();
        }
    }

    /**
     * Records {@code asked}, runs the work, and records an end where the work did not do so itself.
     *
     * @param sealed what was asked, kept encrypted
     * @throws org.cartulary.compliance.evidence.EvidenceUnavailable when the log cannot be written; nothing was done then
     */
    public <T> T record(Principal by, Act act, Map<String, Object> sealed, Work<T> work) {
        if (act.ofLibrary) {
            log.requireLibrary();
        } else {
            log.requireWritable();
        }
        long number = jdbi.inTransaction(handle -> asked(handle, by, act, sealed));
        note(EntryType.ASKED);
        OpenQuestion question = new OpenQuestion(this, number, by);
        try {
            T result = work.run(question);
            if (!question.ended()) {
                throw new IllegalStateException("Question " + number + " was left without an end");
            }
            return result;
        } catch (QuestionCancelled e) {
            question.endIfOpen(EntryType.CANCELLED, "cancelled");
            throw e;
        } catch (InferenceRefused e) {
            question.endIfOpen(EntryType.REFUSED, "limit");
            throw e;
        } catch (RuntimeException | Error e) {
            endAfter(question, e);
            throw e;
        }
    }

    /** Questions without an end: at start, before any new one is taken, those that a crash interrupted. */
    public List<Long> withoutEnd() {
        return log.interruptedQuestions();
    }

    /** Ends the questions of these that have no end yet. */
    public void endInterrupted(List<Long> numbers) {
        Set<Long> open = new HashSet<>(withoutEnd());
        for (long number : numbers.stream().filter(open::contains).toList()) {
            append(EntryType.INTERRUPTED, number, Principal.CONSOLE, new TreeMap<>(), Map.of());
        }
    }

    /** The first fault is the one to report, even where the log fails too. */
    private static void endAfter(OpenQuestion question, Throwable fault) {
        try {
            question.endIfOpen(EntryType.FAILED, "fault");
        } catch (RuntimeException e) {
            fault.addSuppressed(e);
        }
    }

    private long asked(Handle handle, Principal by, Act act, Map<String, Object> sealed) {
        long number = log.nextNumber(handle);
        SortedMap<String, Object> clear = new TreeMap<>();
        clear.put("act", act.wireName);
        log.append(handle, new EntryDraft(EntryType.ASKED, number, by, clear, new TreeMap<>(sealed)));
        return number;
    }

    long append(
            EntryType type, long number, Principal by, SortedMap<String, Object> clear, Map<String, Object> sealed) {
        long entry = jdbi.inTransaction(
                handle -> log.append(handle, new EntryDraft(type, number, by, clear, new TreeMap<>(sealed))));
        note(type);
        return entry;
    }
}

package org.cartulary.appliance.asking;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.rights.ReadFilter;
import org.jspecify.annotations.Nullable;

/** A question on record that has not ended yet. Used by one thread. */
public final class OpenQuestion {
    private final QuestionLog log;
    private final long number;
    private final Principal by;
    private final SortedMap<String, Object> basis = new TreeMap<>();
    private boolean ended;

    OpenQuestion(QuestionLog log, long number, Principal by) {
        this.log = log;
        this.number = number;
        this.by = by;
    }

    public long number() {
        return number;
    }

    /**
     * Records what was found and will be shown or given to the model; durable when this returns, and only then may the
     * first text leave.
     *
     * @param generation of the index, or null where none was searched
     * @param model hash of the model that words the answer, or null where none does
     * @param hits passages that are shown or given to the model
     */
    public void retrieved(
            ReadFilter filter,
            @Nullable String generation,
            @Nullable String model,
            int hits,
            Map<String, Object> sealed) {
        SortedMap<String, Object> clear = new TreeMap<>();
        clear.put("policyVersion", filter.policyVersion());
        clear.put("filterDigest", filter.digest());
        if (generation != null) {
            clear.put("generation", generation);
            basis.put("generation", generation);
        }
        if (model != null) {
            clear.put("model", model);
            basis.put("model", model);
        }
        clear.put("hits", (long) hits);
        log.append(EntryType.RETRIEVED, number, by, clear, sealed);
        basis.put("policyVersion", filter.policyVersion());
    }

    /**
     * Ends the question; durable when this returns, and only then is the answer final.
     *
     * @return the entry's id, for its receipt
     */
    public long end(EntryType type, String reason, Map<String, Object> sealed) {
        SortedMap<String, Object> clear = new TreeMap<>(basis);
        clear.put("reason", reason);
        long entry = log.append(type, number, by, clear, sealed);
        ended = true;
        return entry;
    }

    boolean ended() {
        return ended;
    }

    void endIfOpen(EntryType type, String reason) {
        if (!ended) {
            end(type, reason, Map.of());
        }
    }
}

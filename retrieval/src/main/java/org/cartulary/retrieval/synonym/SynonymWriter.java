package org.cartulary.retrieval.synonym;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.cartulary.compliance.evidence.EntryDraft;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.identity.Principal;
import org.jdbi.v3.core.Jdbi;

/** Changes lists of synonyms, on record. Thread-safe. */
public final class SynonymWriter {
    private final Jdbi jdbi;
    private final EvidenceLog evidence;

    public SynonymWriter(Jdbi jdbi, EvidenceLog evidence) {
        this.jdbi = jdbi;
        this.evidence = evidence;
    }

    /** Keeps a list in place of the one before. The next question knows it. */
    public void set(UUID collection, SynonymList list, Principal by) {
        jdbi.useTransaction(handle -> {
            Synonyms.keep(handle, collection, list);
            SortedMap<String, Object> sealed = new TreeMap<>();
            sealed.put("setting", "synonyms");
            sealed.put("collection", collection.toString());
            sealed.put("lines", list.lines().stream().map(List::copyOf).toList());
            evidence.append(
                    handle,
                    new EntryDraft(
                            EntryType.CONFIGURATION_CHANGED, evidence.nextNumber(handle), by, new TreeMap<>(), sealed));
        });
    }
}

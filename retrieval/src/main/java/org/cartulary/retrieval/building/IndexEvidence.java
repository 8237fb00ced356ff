package org.cartulary.retrieval.building;

import java.util.TreeMap;
import org.cartulary.compliance.evidence.EntryDraft;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.retrieval.generation.Generation;
import org.jdbi.v3.core.Handle;

/** Changes of the index in the evidence log, each in the transaction of the change. */
final class IndexEvidence {
    private final EvidenceLog log;

    IndexEvidence(EvidenceLog log) {
        this.log = log;
    }

    /** @param change {@code index-begun}, {@code -built}, {@code -switched}, {@code -cancelled} or {@code -dropped} */
    void record(Handle handle, Principal by, String change, Generation generation) {
        TreeMap<String, Object> sealed = new TreeMap<>();
        sealed.put("change", change);
        sealed.put("index", generation.name());
        sealed.put("model", generation.recipe().embedderSha256());
        sealed.put("kernel", generation.kernel());
        sealed.put("chunker", generation.recipe().chunkerVersion());
        sealed.put("analyser", generation.recipe().analyserVersion());
        log.append(
                handle,
                new EntryDraft(EntryType.CONFIGURATION_CHANGED, log.nextNumber(handle), by, new TreeMap<>(), sealed));
    }
}

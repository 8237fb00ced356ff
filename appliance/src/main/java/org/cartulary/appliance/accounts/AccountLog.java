package org.cartulary.appliance.accounts;

import java.util.Map;
import java.util.TreeMap;
import org.cartulary.compliance.evidence.EntryDraft;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.identity.Principal;
import org.jdbi.v3.core.Handle;

/** Puts what happens to accounts, sessions and keys on record, in the transaction in which it happens. */
record AccountLog(EvidenceLog log) {
    /** @param sealed never a secret: a record outlives its subject */
    void append(Handle handle, EntryType type, Principal by, Map<String, Object> sealed) {
        log.append(handle, new EntryDraft(type, log.nextNumber(handle), by, new TreeMap<>(), new TreeMap<>(sealed)));
    }
}

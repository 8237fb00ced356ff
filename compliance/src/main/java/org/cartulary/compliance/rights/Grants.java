package org.cartulary.compliance.rights;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.cartulary.compliance.evidence.EntryDraft;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.identity.Principal;
import org.jdbi.v3.core.Handle;

/**
 * Who may read which resource. Each change has its entry in the log, in the same transaction. Thread-safe.
 */
public final class Grants {
    private final EvidenceLog log;

    public Grants(EvidenceLog log) {
        this.log = log;
    }

    /** Lets a principal read a resource, from the commit of the caller's transaction on; no change where it may. */
    public void grantRead(Handle handle, Principal by, String principalId, UUID resource) {
        Principal reader = new Principal(principalId);
        int added = handle.createUpdate("""
                        INSERT INTO compliance.read_grant (principal, resource) VALUES (:principal, :resource)
                        ON CONFLICT DO NOTHING""")
                .bind("principal", reader.id())
                .bind("resource", resource)
                .execute();
        if (added == 1) {
            record(handle, by, "grant-read", reader, resource);
        }
    }

    /** Takes the right to read away, from the commit of the caller's transaction on; no change where there is none. */
    public void revokeRead(Handle handle, Principal by, String principalId, UUID resource) {
        Principal reader = new Principal(principalId);
        int removed = handle.createUpdate(
                        "DELETE FROM compliance.read_grant WHERE principal = :principal AND resource = :resource")
                .bind("principal", reader.id())
                .bind("resource", resource)
                .execute();
        if (removed == 1) {
            record(handle, by, "revoke-read", reader, resource);
        }
    }

    private void record(Handle handle, Principal by, String act, Principal reader, UUID resource) {
        long version = handle.createQuery("UPDATE compliance.policy SET version = version + 1 RETURNING version")
                .mapTo(Long.class)
                .one();
        SortedMap<String, Object> sealed = new TreeMap<>();
        sealed.put("act", act);
        sealed.put("principal", reader.id());
        sealed.put("resource", resource.toString());
        SortedMap<String, Object> clear = new TreeMap<>();
        clear.put("policyVersion", version);
        log.append(handle, new EntryDraft(EntryType.RIGHTS_CHANGED, log.nextNumber(handle), by, clear, sealed));
    }

    /** What a principal may read, from one snapshot of the caller's transaction. */
    public ReadFilter readFilter(Handle handle, Principal principal) {
        return handle.createQuery("""
                        SELECT version, ARRAY(
                            SELECT resource FROM compliance.read_grant WHERE principal = :principal) AS resources
                        FROM compliance.policy""")
                .bind("principal", principal.id())
                .map((row, context) -> new ReadFilter(row.getLong("version"), new TreeSet<>(List.of((UUID[])
                        row.getArray("resources").getArray()))))
                .one();
    }

    /** The current policy version; it grows with every change of rights. */
    public long policyVersion(Handle handle) {
        return handle.createQuery("SELECT version FROM compliance.policy")
                .mapTo(Long.class)
                .one();
    }
}

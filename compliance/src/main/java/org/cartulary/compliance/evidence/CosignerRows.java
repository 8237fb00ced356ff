package org.cartulary.compliance.evidence;

import org.cartulary.compliance.tlog.CosignerKey;
import org.jdbi.v3.core.Jdbi;

/** {@code compliance.cosigning_key}: by which ML-DSA-44 key each log of this database cosigns its own checkpoints. */
final class CosignerRows {
    private CosignerRows() {}

    /** Notes the key where the log has none yet, and refuses another than the one that was noted. */
    static void require(Jdbi jdbi, CosignerKey key) {
        String noted = jdbi.inTransaction(handle -> {
            handle.createUpdate("""
                            INSERT INTO compliance.cosigning_key (origin, vkey) VALUES (:origin, :vkey)
                            ON CONFLICT DO NOTHING""")
                    .bind("origin", key.name())
                    .bind("vkey", key.vkey())
                    .execute();
            return handle.createQuery("SELECT vkey FROM compliance.cosigning_key WHERE origin = :origin")
                    .bind("origin", key.name())
                    .mapTo(String.class)
                    .one();
        });
        if (!noted.equals(key.vkey())) {
            throw new EvidenceUnavailable("HOME/keys/log.p12 does not hold the ML-DSA-44 key by which this log cosigns"
                    + " its checkpoints: put the right file back");
        }
    }
}

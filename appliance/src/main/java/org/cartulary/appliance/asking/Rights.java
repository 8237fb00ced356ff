package org.cartulary.appliance.asking;

import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.rights.Grants;
import org.cartulary.compliance.rights.ReadFilter;
import org.jdbi.v3.core.Jdbi;

/** Compiles a caller's rights once for each question. Thread-safe. */
public final class Rights {
    private final Jdbi jdbi;
    private final Grants grants;

    public Rights(Jdbi jdbi, Grants grants) {
        this.jdbi = jdbi;
        this.grants = grants;
    }

    /** What the principal may read, as of now. */
    public ReadFilter of(Principal principal) {
        return jdbi.inTransaction(handle -> grants.readFilter(handle, principal));
    }
}

package org.cartulary.appliance.asking;

import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.compliance.Authority;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.purpose.Purposes;
import org.cartulary.compliance.purpose.Stated;
import org.cartulary.compliance.rights.Permission;
import org.cartulary.compliance.rights.ReadFilter;
import org.cartulary.retrieval.Retrieval;
import org.jdbi.v3.core.Jdbi;

/** Looks a caller's rights up, once for each question. Thread-safe. */
public final class Rights {
    private final Jdbi jdbi;
    private final Authority authority;
    private final Retrieval retrieval;

    public Rights(Jdbi jdbi, Authority authority, Retrieval retrieval) {
        this.jdbi = jdbi;
        this.authority = authority;
        this.retrieval = retrieval;
    }

    /** What the principal may read, as of now. */
    public ReadFilter of(Principal principal) {
        return retrieval.readableBy(principal);
    }

    /** The day on which documents are in force or not. */
    public LocalDate today() {
        return retrieval.today();
    }

    /** Whether the principal has a permission for a collection, as of now. */
    public boolean may(Principal principal, Permission permission, UUID collection) {
        return jdbi.inTransaction(handle -> authority.rights().may(handle, principal, permission, collection));
    }

    /** What is missing for a question to a collection; empty where it may be asked. */
    public Optional<Purposes.Missing> missing(UUID collection, Stated stated) {
        return jdbi.inTransaction(handle -> Purposes.missing(handle, collection, stated));
    }
}

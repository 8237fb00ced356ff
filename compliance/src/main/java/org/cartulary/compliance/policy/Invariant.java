package org.cartulary.compliance.policy;

import java.util.Optional;
import org.cartulary.compliance.identity.Principal;
import org.jdbi.v3.core.Handle;

/** What holds of every version of the policy, whichever change made it. Thread-safe. */
public interface Invariant {
    /**
     * Whether a change that is written but not committed breaks it.
     *
     * @param by who makes the change
     * @param before the version that counts now
     * @param after the version that would count
     */
    Optional<PolicyChange.Refused> brokenBy(Handle handle, Principal by, long before, long after);
}

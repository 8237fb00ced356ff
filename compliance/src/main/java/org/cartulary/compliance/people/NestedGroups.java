package org.cartulary.compliance.people;

import java.util.Optional;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.policy.Invariant;
import org.cartulary.compliance.policy.PolicyChange;
import org.cartulary.compliance.policy.Statements;
import org.jdbi.v3.core.Handle;

/** No group contains itself, and they lie no deeper in each other than a person can follow. */
final class NestedGroups implements Invariant {
    static final int MAX_DEPTH = 8;

    @Override
    public Optional<PolicyChange.Refused> brokenBy(Handle handle, Principal by, long before, long after) {
        // The union drops what was seen at the same depth, and the depth is bounded, so a circle ends too.
        int depth = handle.createQuery("""
                        WITH RECURSIVE inside(id, depth) AS (
                            SELECT object, 1 FROM compliance.relation
                            WHERE relation = 'member' AND subject LIKE 'group:%' AND\s""" + Statements.COUNTS + """
                            UNION
                            SELECT r.object, depth + 1 FROM inside i JOIN compliance.relation r ON r.subject = i.id
                            WHERE r.relation = 'member' AND depth <= :most AND\s""" + Statements.COUNTS
                        + ") SELECT coalesce(max(depth), 0) FROM inside")
                .bind("version", after)
                .bind("most", MAX_DEPTH)
                .mapTo(Integer.class)
                .one();
        return depth <= MAX_DEPTH
                ? Optional.empty()
                : Optional.of(new PolicyChange.Refused(
                        "group-nesting",
                        "The groups would contain each other, or lie more than " + MAX_DEPTH
                                + " deep: put the members in directly."));
    }
}

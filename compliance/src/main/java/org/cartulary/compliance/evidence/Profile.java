package org.cartulary.compliance.evidence;

/** Whether whoever opens an entry sees who acted. What stands in clear is the same in both. */
public enum Profile {
    /** A pseudonym alone; who that is takes two people to say. */
    PSEUDONYMOUS,
    /** Each entry seals its actor's id as {@code actorId}: for houses that must review what persons do. */
    NAMED
}

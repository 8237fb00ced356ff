package org.cartulary.compliance.rights;

import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.UUID;
import org.cartulary.compliance.policy.Statement;

/**
 * All that the policy says of one principal, as of one version and time: what rights are compiled from.
 *
 * @param subjects the principal and every group that it is in
 * @param statements those that have one of these subjects
 * @param labels all labels of the house, by id
 * @param opened collections that the principal has opened in an emergency that is not over
 */
record Standing(
        long version,
        boolean disabled,
        SortedSet<String> subjects,
        List<Statement> statements,
        Levels levels,
        SortedMap<UUID, Label> labels,
        SortedSet<UUID> opened) {}

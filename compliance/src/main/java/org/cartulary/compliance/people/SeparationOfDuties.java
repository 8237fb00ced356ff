package org.cartulary.compliance.people;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.policy.Invariant;
import org.cartulary.compliance.policy.PolicyChange;
import org.cartulary.compliance.policy.Settings;
import org.cartulary.compliance.policy.Statements;
import org.jdbi.v3.core.Handle;

/**
 * Nobody holds two roles that exclude each other (static separation of duty, ANSI INCITS 359). Which do is policy; the
 * console, which is no person, is exempt until the policy takes its roles.
 */
public final class SeparationOfDuties implements Invariant {
    /** Name of the setting: an array of pairs of roles. */
    public static final String SETTING = "separation";

    private static final List<Set<Role>> STANDARD = List.of(
            EnumSet.of(Role.ADMINISTRATOR, Role.COMPLIANCE_OFFICER), EnumSet.of(Role.CURATOR, Role.COMPLIANCE_OFFICER));

    @Override
    public Optional<PolicyChange.Refused> brokenBy(Handle handle, Principal by, long before, long after) {
        for (Set<Role> pair : pairs(handle, after)) {
            Set<String> both = null;
            for (Role role : pair) {
                Set<String> holders = holders(handle, role, after);
                if (both == null) {
                    both = holders;
                } else {
                    both.retainAll(holders);
                }
            }
            if (both != null && !both.isEmpty()) {
                return Optional.of(refusal(pair, both));
            }
        }
        return Optional.empty();
    }

    private static PolicyChange.Refused refusal(Set<Role> pair, Set<String> both) {
        String roles = pair.stream().map(Role::wireName).collect(Collectors.joining(" and "));
        return new PolicyChange.Refused(
                "separation-of-duties",
                both.size() + (both.size() == 1 ? " person" : " people") + " would hold " + roles
                        + ", which exclude each other: take one role first.");
    }

    /** Everybody who holds a role, by whichever group, the console aside. */
    private static Set<String> holders(Handle handle, Role role, long version) {
        return new HashSet<>(handle.createQuery("""
                        WITH RECURSIVE holder(id) AS (
                            SELECT subject FROM compliance.relation
                            WHERE object = :role AND relation = 'holder' AND\s""" + Statements.COUNTS + """
                            UNION
                            SELECT r.subject FROM compliance.relation r JOIN holder h ON r.object = h.id
                            WHERE r.relation = 'member' AND\s""" + Statements.COUNTS
                        + ") SELECT id FROM holder WHERE id LIKE 'person:%' OR id LIKE 'service:%'")
                .bind("role", role.object())
                .bind("version", version)
                .mapTo(String.class)
                .set());
    }

    /** The pairs that exclude each other as of a version. */
    public static List<Set<Role>> pairs(Handle handle, long version) {
        return Settings.find(handle, SETTING, version)
                .map(SeparationOfDuties::parse)
                .orElse(STANDARD);
    }

    private static List<Set<Role>> parse(JsonNode value) {
        List<Set<Role>> pairs = new ArrayList<>();
        for (JsonNode pair : value) {
            Set<Role> roles = EnumSet.noneOf(Role.class);
            pair.forEach(name -> Role.named(name.asText()).ifPresent(roles::add));
            if (roles.size() == 2) {
                pairs.add(roles);
            }
        }
        return pairs;
    }

    /** The value of the setting for these pairs. */
    public static List<List<String>> value(List<Set<Role>> pairs) {
        return pairs.stream()
                .map(pair -> pair.stream().map(Role::wireName).sorted().toList())
                .toList();
    }
}

package org.cartulary.compliance;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.cartulary.compliance.acts.Act;
import org.cartulary.compliance.acts.PolicyActs;
import org.cartulary.compliance.acts.TwoPersonActs;
import org.cartulary.compliance.emergency.Emergencies;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.people.Groups;
import org.cartulary.compliance.people.Identities;
import org.cartulary.compliance.people.Roles;
import org.cartulary.compliance.policy.Invariant;
import org.cartulary.compliance.policy.Policy;
import org.cartulary.compliance.policy.Settings;
import org.cartulary.compliance.purpose.Purposes;
import org.cartulary.compliance.rights.Grants;
import org.cartulary.compliance.rights.Labels;
import org.cartulary.compliance.rights.NoSelfService;
import org.cartulary.compliance.rights.PathRules;
import org.cartulary.compliance.rights.Rights;

/** Who may do what in this house, all parts of it on one policy and one log. Thread-safe. */
public record Authority(
        Policy policy,
        Settings settings,
        Identities identities,
        Groups groups,
        Roles roles,
        Grants grants,
        Labels labels,
        PathRules pathRules,
        Rights rights,
        Purposes purposes,
        Emergencies emergencies) {
    /** On a log and a database whose schema {@code compliance} is up to date. */
    public static Authority on(EvidenceLog log, Clock clock) {
        List<Invariant> invariants = new ArrayList<>(Identities.invariants());
        invariants.add(new NoSelfService());
        Policy policy = new Policy(log, clock, invariants);
        Settings settings = new Settings(policy);
        Rights rights = new Rights(clock);
        return new Authority(
                policy,
                settings,
                new Identities(policy),
                new Groups(policy),
                new Roles(policy),
                new Grants(policy),
                new Labels(policy),
                new PathRules(policy),
                rights,
                new Purposes(settings),
                new Emergencies(log, rights, clock));
    }

    /**
     * The acts that take two people: those of this module, and others.
     *
     * @param others of modules that own what is acted on
     */
    public TwoPersonActs acts(EvidenceLog log, Clock clock, List<Act> others) {
        List<Act> all = new ArrayList<>(PolicyActs.of(roles, identities, settings));
        all.addAll(others);
        return new TwoPersonActs(log, clock, all);
    }
}

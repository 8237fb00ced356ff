package org.cartulary.appliance.accounts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.people.Role;
import org.cartulary.compliance.policy.Policy;
import org.cartulary.compliance.policy.PolicyChange;
import org.cartulary.compliance.policy.Settings;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * How much people may ask, by role and by person; policy of the house, with its versions. Runs in the callers' transactions;
 * thread-safe.
 */
public final class Quotas {
    private static final String BY_ROLE = "quota:role:";
    private static final String BY_PERSON = "quota:";

    /** The value of a setting that was taken back; one without limits, {@code {}}, says that there are none. */
    private static final List<String> NONE = List.of();

    private final Settings settings;

    public Quotas(Settings settings) {
        this.settings = settings;
    }

    /**
     * What counts for somebody as of a version: his own limits where there are some, else the widest of his roles.
     */
    public static Limits of(Handle handle, Principal principal, Set<Role> roles, long version) {
        Optional<Limits> own = ownOf(handle, principal, version);
        if (own.isPresent()) {
            return own.get();
        }
        Limits widest = null;
        for (Role role : roles) {
            Limits limits = ofRole(handle, role, version);
            widest = widest == null ? limits : widest.orWider(limits);
        }
        return widest == null ? Limits.NONE : widest;
    }

    /** Somebody's own as of a version; empty where his roles say how much. */
    public static Optional<Limits> ownOf(Handle handle, Principal principal, long version) {
        return find(handle, BY_PERSON + principal.id(), version);
    }

    /** Of a role as of a version. */
    public static Limits ofRole(Handle handle, Role role, long version) {
        return find(handle, BY_ROLE + role.wireName(), version).orElse(Limits.NONE);
    }

    public PolicyChange set(Handle handle, Principal by, Role role, Limits limits) {
        return settings.set(handle, by, BY_ROLE + role.wireName(), value(limits));
    }

    public PolicyChange set(Handle handle, Principal by, Principal person, Limits limits) {
        return settings.set(handle, by, BY_PERSON + person.id(), value(limits));
    }

    /** Takes somebody's own limits back, so that his roles say how much. */
    public PolicyChange unset(Handle handle, Principal by, Principal person) {
        return ownOf(handle, person, Policy.version(handle)).isEmpty()
                ? new PolicyChange.Unchanged()
                : settings.set(handle, by, BY_PERSON + person.id(), NONE);
    }

    private static Optional<Limits> find(Handle handle, String name, long version) {
        return Settings.find(handle, name, version)
                .filter(JsonNode::isObject)
                .map(value ->
                        new Limits(number(value.path("requestsPerMinute")), number(value.path("questionsPerDay"))));
    }

    private static @Nullable Integer number(JsonNode value) {
        return value.isNumber() ? value.asInt() : null;
    }

    private static Map<String, Object> value(Limits limits) {
        Map<String, Object> value = new TreeMap<>();
        if (limits.requestsPerMinute() != null) {
            value.put("requestsPerMinute", limits.requestsPerMinute());
        }
        if (limits.questionsPerDay() != null) {
            value.put("questionsPerDay", limits.questionsPerDay());
        }
        return value;
    }
}

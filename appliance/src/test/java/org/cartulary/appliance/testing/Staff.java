package org.cartulary.appliance.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.security.InvalidKeyException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.util.encoders.Base32;
import org.cartulary.appliance.Appliance;
import org.cartulary.appliance.accounts.Accounts;
import org.cartulary.appliance.accounts.ApiKeys;
import org.cartulary.appliance.accounts.Limits;
import org.cartulary.appliance.accounts.Scope;
import org.cartulary.compliance.Authority;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.people.Identity;
import org.cartulary.compliance.people.Role;
import org.cartulary.compliance.policy.PolicyChange;
import org.jdbi.v3.core.Jdbi;

/** People of a house, who have taken up their invitations and, where their roles want it, set up a second factor. */
public final class Staff {
    public static final String PASSWORD = "seven lamps under a wet bridge";

    private final Appliance appliance;
    private final Map<String, Deque<String>> recoveryCodes = new HashMap<>();

    public Staff(Appliance appliance) {
        this.appliance = appliance;
    }

    /** Adds a person with these roles. The first compliance officer is named so; there can be no second here. */
    public Identity person(String name, Role... roles) {
        Identity person = added(Identity.local(Identity.Kind.PERSON, name, name), roles);
        Accounts accounts = appliance.get(Accounts.class);
        String invitation = appliance
                .get(Jdbi.class)
                .inTransaction(handle -> accounts.invite(handle, Principal.CONSOLE, person))
                .orElseThrow();
        assertThat(accounts.accept(invitation, PASSWORD)).isInstanceOf(Accounts.Outcome.Done.class);
        if (Set.of(roles).contains(Role.ADMINISTRATOR) || Set.of(roles).contains(Role.COMPLIANCE_OFFICER)) {
            String secret = accounts.beginSecondFactor(person).orElseThrow().secret();
            Accounts.Outcome set = accounts.confirmSecondFactor(person, code(secret, Instant.now()));
            assertThat(set).isInstanceOf(Accounts.Outcome.Done.class);
            recoveryCodes.put(name, new ArrayDeque<>(((Accounts.Outcome.Done) set).recoveryCodes()));
        }
        return person;
    }

    /** A code that signs somebody in who has a second factor; another one at each call, since each counts once. */
    public String recoveryCode(String name) {
        return Optional.ofNullable(recoveryCodes.get(name)).orElseThrow().remove();
    }

    public Identity service(String name, Role... roles) {
        return added(Identity.local(Identity.Kind.SERVICE, name, name), roles);
    }

    private Identity added(Identity identity, Role... roles) {
        Authority authority = appliance.get(Authority.class);
        appliance.get(Jdbi.class).useTransaction(handle -> {
            made(authority.identities().add(handle, Principal.CONSOLE, identity));
            for (Role role : roles) {
                made(
                        role == Role.COMPLIANCE_OFFICER
                                ? authority.roles().giveFirstCompliance(handle, identity)
                                : authority.roles().give(handle, Principal.CONSOLE, role, identity));
            }
        });
        return identity;
    }

    private static void made(PolicyChange change) {
        assertThat(change).isInstanceOf(PolicyChange.Made.class);
    }

    /** A key of somebody's, with these scopes. */
    public String key(Identity owner, Set<Scope> scopes) {
        return appliance
                .get(ApiKeys.class)
                .issue(
                        Principal.CONSOLE,
                        owner.id(),
                        new ApiKeys.Wanted("test", scopes, ApiKeys.USUAL_LIFE, Limits.NONE))
                .orElseThrow()
                .text();
    }

    public String key(Identity owner) {
        return key(owner, Scope.all());
    }

    /** What an authenticator app shows for a secret at a time. */
    public static String code(String secret, Instant time) {
        TimeBasedOneTimePasswordGenerator codes = new TimeBasedOneTimePasswordGenerator();
        try {
            return codes.generateOneTimePasswordString(
                    new SecretKeySpec(Base32.decode(secret), codes.getAlgorithm()), time);
        } catch (InvalidKeyException e) {
            throw new AssertionError(e);
        }
    }
}

package org.cartulary.compliance.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.cartulary.compliance.Authority;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.keys.DataKeys;
import org.cartulary.compliance.people.Identity;
import org.cartulary.compliance.people.Role;
import org.cartulary.compliance.policy.Policy;
import org.cartulary.compliance.policy.PolicyChange;
import org.cartulary.compliance.rights.ReadFilter;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** A house with its policy and its log, and short ways to change it. */
public final class House implements AutoCloseable {
    private final Jdbi jdbi;
    private final DataKeys keys;
    private final EvidenceLog log;
    private final SetClock clock = new SetClock();
    private final Authority authority;

    public House(Jdbi jdbi, Path home) {
        this.jdbi = jdbi;
        this.keys = DataKeys.open(home);
        this.log = EvidenceLog.open(jdbi, keys, home, clock);
        this.authority = Authority.on(log, clock);
    }

    public Authority authority() {
        return authority;
    }

    public EvidenceLog log() {
        return log;
    }

    public SetClock clock() {
        return clock;
    }

    public <T> T in(Function<Handle, T> work) {
        return jdbi.inTransaction(work::apply);
    }

    /** Makes a change that is to count. */
    public long made(Function<Handle, PolicyChange> change) {
        PolicyChange outcome = in(change);
        assertThat(outcome).isInstanceOf(PolicyChange.Made.class);
        return ((PolicyChange.Made) outcome).version();
    }

    /** Tries a change that is to be refused, and gives the code. */
    public String refused(Function<Handle, PolicyChange> change) {
        long before = version();
        PolicyChange outcome = in(change);
        assertThat(outcome).isInstanceOf(PolicyChange.Refused.class);
        assertThat(version()).isEqualTo(before);
        return ((PolicyChange.Refused) outcome).code();
    }

    public long version() {
        return in(Policy::version);
    }

    public Identity person(String name, Role... roles) {
        return added(Identity.local(Identity.Kind.PERSON, name, name), roles);
    }

    public Identity group(String name, Role... roles) {
        return added(Identity.local(Identity.Kind.GROUP, name, name), roles);
    }

    public Identity service(String name, Role... roles) {
        return added(Identity.local(Identity.Kind.SERVICE, name, name), roles);
    }

    private Identity added(Identity identity, Role... roles) {
        made(handle -> authority.identities().add(handle, Principal.CONSOLE, identity));
        for (Role role : roles) {
            made(handle -> role == Role.COMPLIANCE_OFFICER
                    ? authority.roles().giveFirstCompliance(handle, identity)
                    : authority.roles().give(handle, Principal.CONSOLE, role, identity));
        }
        return identity;
    }

    public ReadFilter filter(Identity reader) {
        return in(handle -> authority.rights().filter(handle, reader.id()));
    }

    public boolean reads(Identity reader, UUID collection, long marking) {
        return filter(reader)
                .readable()
                .getOrDefault(collection, new TreeSet<>())
                .contains(marking);
    }

    /** Destroys what is sealed in the entries of a number. */
    public void destroyRecords(long number) {
        List<Long> sealed = in(handle -> handle.createQuery(
                        "SELECT key_id FROM compliance.entry WHERE number = :number AND key_id IS NOT NULL")
                .bind("number", number)
                .mapTo(Long.class)
                .list());
        sealed.forEach(keys::destroy);
    }

    @Override
    public void close() {
        log.close();
        keys.close();
    }
}

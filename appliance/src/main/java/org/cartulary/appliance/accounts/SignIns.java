package org.cartulary.appliance.accounts;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.people.Identities;
import org.cartulary.compliance.people.Identity;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Signs people in by name, password and, where there is one, second factor. Whoever is unknown, disabled, locked or simply
 * wrong gets the same answer for the same work: the same statements, one password hash, and the same entries. Thread-safe.
 */
public final class SignIns {
    /** Stands for whoever has no account, in statements that then concern nobody. */
    private static final Principal NOBODY = new Principal("person:nobody");

    /** Of wrong sign-ins in a row, each one up to here is on record, then every tenth, and none during a lock: an attack fills no log. */
    private static final int RECORDED = Lockouts.FREE;

    private static final int MAX_NAME = 256;
    private static final int MAX_CODE = 64;

    private final Jdbi jdbi;
    private final Clock clock;
    private final AccountLog log;
    private final PasswordChecks checks;
    private final Accounts accounts;
    private final Sessions sessions;
    private final Usage usage;
    private final AtomicLong refused = new AtomicLong();

    public SignIns(
            Jdbi jdbi,
            Clock clock,
            EvidenceLog log,
            PasswordChecks checks,
            Accounts accounts,
            Sessions sessions,
            Usage usage) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.log = new AccountLog(log);
        this.checks = checks;
        this.accounts = accounts;
        this.sessions = sessions;
        this.usage = usage;
    }

    /** Since the start, for metrics. */
    public long refused() {
        return refused.get();
    }

    private record Candidate(
            String name,
            Principal principal,
            @Nullable Identity identity,
            @Nullable Account account,
            Lockouts.State lock) {
        boolean mayTry(Instant now) {
            return identity != null && !identity.disabled() && !lock.isLocked(now);
        }

        String hash() {
            String hash = account == null ? null : account.passwordHash();
            return hash == null ? PasswordHash.OF_NOBODY : hash;
        }
    }

    /**
     * Signs somebody in.
     *
     * @param code of the authenticator app, or a recovery code; empty where none is given
     * @throws PasswordChecks.Busy when too many sign in at once
     */
    public SignInResult signIn(String name, String password, String code) {
        if (name.length() > MAX_NAME || password.length() > PasswordRules.MAX_LENGTH || code.length() > MAX_CODE) {
            return new SignInResult.Refused();
        }
        Candidate candidate = jdbi.inTransaction(handle -> candidate(handle, name));
        boolean right = checks.matches(PasswordRules.normalised(password), candidate.hash());
        return jdbi.inTransaction(handle -> decide(handle, candidate, right, code));
    }

    private static Candidate candidate(Handle handle, String name) {
        String folded = folded(name);
        Optional<Identity> identity =
                Identities.named(handle, folded, false).filter(found -> found.kind() == Identity.Kind.PERSON);
        Principal principal = identity.map(Identity::id).orElse(NOBODY);
        Optional<Account> account = Account.find(handle, principal);
        return new Candidate(
                folded, principal, identity.orElse(null), account.orElse(null), Lockouts.of(handle, folded));
    }

    /** What is no name is nobody's, and is looked up all the same. */
    private static String folded(String name) {
        try {
            return Identity.normalised(name);
        } catch (IllegalArgumentException e) {
            return "-";
        }
    }

    private SignInResult decide(Handle handle, Candidate candidate, boolean right, String code) {
        Account account = candidate.account();
        Identity identity = candidate.identity();
        if (!right || account == null || identity == null || !candidate.mayTry(clock.instant())) {
            return refuse(handle, candidate);
        }
        if (account.hasSecondFactor()) {
            if (code.isBlank()) {
                return new SignInResult.CodeWanted();
            }
            if (!accounts.usesCode(handle, account, code)) {
                return refuse(handle, candidate);
            }
        }
        Lockouts.clear(handle, candidate.name());
        String cookie = sessions.open(handle, identity.id(), candidate.lock().failures());
        return new SignInResult.Opened(identity, cookie);
    }

    private SignInResult refuse(Handle handle, Candidate candidate) {
        refused.incrementAndGet();
        boolean counted = !candidate.lock().isLocked(clock.instant());
        int failures = Lockouts.fail(handle, candidate.name(), candidate.lock(), clock.instant())
                .failures();
        if (counted && (failures <= RECORDED || failures % 10 == 0)) {
            log.append(
                    handle,
                    EntryType.SIGN_IN_REFUSED,
                    candidate.principal(),
                    Map.of("name", candidate.name(), "failures", failures));
        }
        return new SignInResult.Refused();
    }

    /** Forgets what need not be remembered any more. Called every so often. */
    public void sweep() {
        jdbi.useHandle(handle -> {
            Lockouts.sweep(handle, clock.instant());
            sessions.sweep(handle);
        });
        usage.sweep();
    }
}

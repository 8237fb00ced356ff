package org.cartulary.appliance.accounts;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.keys.DataKeys;
import org.cartulary.compliance.people.Identities;
import org.cartulary.compliance.people.Identity;
import org.cartulary.compliance.people.Role;
import org.cartulary.compliance.people.Roles;
import org.cartulary.compliance.policy.Policy;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** How people get in: invitations, passwords, second factors. Every change is on record. Thread-safe. */
public final class Accounts {
    private final Jdbi jdbi;
    private final Clock clock;
    private final AccountLog log;
    private final PasswordChecks checks;
    private final SecretBox secrets;
    private final Invitations invitations;
    private final Sessions sessions;

    public Accounts(Jdbi jdbi, Clock clock, EvidenceLog log, DataKeys keys, PasswordChecks checks, Sessions sessions) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.log = new AccountLog(log);
        this.checks = checks;
        this.secrets = new SecretBox(keys);
        this.invitations = new Invitations(this.log, clock);
        this.sessions = sessions;
    }

    /** What became of a change of one's own account. */
    public sealed interface Outcome {
        /** It was made; recovery codes, if there are new ones, are shown once. */
        record Done(List<String> recoveryCodes) implements Outcome {
            @Override
            public String toString() {
                return "Done[hidden]";
            }
        }

        /** Nothing was changed; a sentence with the remedy. */
        record Refused(String message) implements Outcome {}
    }

    /** What an authenticator app needs to know, shown once. */
    public record Enrolment(String secret, String uri) {
        @Override
        public String toString() {
            return "Enrolment[hidden]";
        }
    }

    /**
     * Invites a person to set a password, for the first time or anew; what he signed in with before counts until he does.
     * A compliance officer is invited anew by two people only, or whoever invites could sign in as him.
     *
     * @return the secret of the link, shown once
     */
    public Optional<String> invite(Handle handle, Principal by, Identity person) {
        boolean officer = Roles.of(handle, person.id(), Policy.version(handle)).contains(Role.COMPLIANCE_OFFICER);
        boolean hasPassword = Account.find(handle, person.id())
                .map(account -> account.passwordHash() != null)
                .orElse(false);
        return officer && hasPassword && !mayBeInvitedAnew(handle, person.id())
                ? Optional.empty()
                : Optional.of(invitations.issue(handle, by, person));
    }

    private boolean mayBeInvitedAnew(Handle handle, Principal officer) {
        return handle.createUpdate("UPDATE appliance.account SET reinvite_until = NULL"
                                + " WHERE principal = :principal AND reinvite_until > :now")
                        .bind("principal", officer.id())
                        .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .execute()
                == 1;
    }

    /** Lets a compliance officer be invited anew, once and for a day: for the approved act of two people. */
    public void allowInvitation(Handle handle, Principal by, Principal officer) {
        handle.createUpdate("UPDATE appliance.account SET reinvite_until = :until WHERE principal = :principal")
                .bind("until", clock.instant().plus(Duration.ofDays(1)).atOffset(ZoneOffset.UTC))
                .bind("principal", officer.id())
                .execute();
        record(handle, by, officer, "invitation-allowed");
    }

    /** Whom an invitation is for; empty where it does not count, or not any more. */
    public Optional<Identity> invited(String token) {
        return jdbi.inTransaction(handle -> invitations
                .holder(handle, token)
                .flatMap(principal -> Identities.find(handle, principal))
                .filter(identity -> !identity.disabled()));
    }

    /** Sets the password of whoever was invited. Whatever he signed in with before is over, his second factor too. */
    public Outcome accept(String token, String password) {
        Optional<Identity> invited = invited(token);
        if (invited.isEmpty()) {
            return new Outcome.Refused(
                    "This invitation was used, is too old, or was replaced: ask an administrator for a new one.");
        }
        Identity person = invited.get();
        String wanted = PasswordRules.normalised(password);
        Optional<String> refusal = PasswordRules.refusal(wanted, false, about(person));
        if (refusal.isPresent()) {
            return new Outcome.Refused(refusal.get());
        }
        String hash = checks.hash(wanted);
        return jdbi.inTransaction(handle -> {
            if (invitations.holder(handle, token).isEmpty()) {
                return new Outcome.Refused("This invitation was used in the meantime.");
            }
            invitations.end(handle, person.id());
            setPassword(handle, person.id(), hash);
            dropSecondFactor(handle, person.id());
            Lockouts.clear(handle, person.name());
            sessions.closeAll(handle, person.id(), person.id());
            record(handle, person.id(), person.id(), "invitation-accepted");
            return new Outcome.Done(List.of());
        });
    }

    /** Changes one's own password; all other sessions end. */
    public Outcome changePassword(Identity person, String session, String before, String password) {
        Account account = jdbi.inTransaction(handle -> Account.find(handle, person.id()))
                .orElseThrow(() -> new IllegalStateException(person.id().id() + " has a session but no account"));
        String hash = account.passwordHash();
        if (hash == null || !checks.matches(PasswordRules.normalised(before), hash)) {
            return new Outcome.Refused("The password so far is not the right one.");
        }
        String wanted = PasswordRules.normalised(password);
        Optional<String> refusal = PasswordRules.refusal(wanted, account.hasSecondFactor(), about(person));
        if (refusal.isPresent()) {
            return new Outcome.Refused(refusal.get());
        }
        String next = checks.hash(wanted);
        jdbi.useTransaction(handle -> {
            setPassword(handle, person.id(), next);
            sessions.closeOthers(handle, person.id(), session);
            record(handle, person.id(), person.id(), "password-changed");
        });
        return new Outcome.Done(List.of());
    }

    /** Whether somebody signs in with a second factor. */
    public boolean hasSecondFactor(Principal principal) {
        return jdbi.withHandle(handle -> Account.find(handle, principal))
                .map(Account::hasSecondFactor)
                .orElse(false);
    }

    /** How many recovery codes somebody has left. */
    public long recoveryCodesLeft(Principal principal) {
        return jdbi.withHandle(handle -> RecoveryCodes.left(handle, principal));
    }

    /** Begins a second factor; it counts once a code of it was shown. Empty where there is one already. */
    public Optional<Enrolment> beginSecondFactor(Identity person) {
        byte[] secret = SecondFactor.newSecret();
        Account.Secret sealed = secrets.seal(secret);
        int begun = jdbi.withHandle(handle -> handle.createUpdate("""
                        UPDATE appliance.account SET totp_key = :key, totp_secret = :secret, totp_last_step = 0
                        WHERE principal = :principal AND NOT totp_confirmed""")
                .bind("key", sealed.key())
                .bind("secret", sealed.sealed())
                .bind("principal", person.id().id())
                .execute());
        return begun == 0
                ? Optional.empty()
                : Optional.of(
                        new Enrolment(SecondFactor.text(secret), SecondFactor.uri(secret, "Cartulary", person.name())));
    }

    /** Lets the second factor count from now on. */
    public Outcome confirmSecondFactor(Identity person, String code) {
        return jdbi.inTransaction(handle -> {
            Optional<Account> account = Account.find(handle, person.id());
            if (account.isEmpty() || account.get().confirmed() || !usesCode(handle, account.get(), code)) {
                return new Outcome.Refused(
                        "This is not the code that the app shows now: check the clocks of phone and appliance.");
            }
            handle.createUpdate("UPDATE appliance.account SET totp_confirmed = true WHERE principal = :principal")
                    .bind("principal", person.id().id())
                    .execute();
            record(handle, person.id(), person.id(), "second-factor-set");
            return new Outcome.Done(RecoveryCodes.issue(handle, person.id()));
        });
    }

    /** Ends one's own second factor, with a code of it. */
    public Outcome endSecondFactor(Identity person, String code) {
        return jdbi.inTransaction(handle -> {
            Optional<Account> account = Account.find(handle, person.id()).filter(Account::hasSecondFactor);
            if (account.isEmpty() || !usesCode(handle, account.get(), code)) {
                return new Outcome.Refused("This is not the code that the app shows now, nor a recovery code.");
            }
            dropSecondFactor(handle, person.id());
            record(handle, person.id(), person.id(), "second-factor-ended");
            return new Outcome.Done(List.of());
        });
    }

    /** Uses a code of the app or a recovery code up; false where it is neither. */
    boolean usesCode(Handle handle, Account account, String code) {
        Account.Secret secret = account.secret();
        if (secret == null) {
            return false;
        }
        if (RecoveryCodes.isOne(code)) {
            return RecoveryCodes.use(handle, account.principal(), code);
        }
        var step = SecondFactor.step(secrets.open(secret), code.strip(), clock.instant(), secret.lastStep());
        return step.isPresent()
                && handle.createUpdate("UPDATE appliance.account SET totp_last_step = :step"
                                        + " WHERE principal = :principal AND totp_last_step < :step")
                                .bind("step", step.getAsLong())
                                .bind("principal", account.principal().id())
                                .execute()
                        == 1;
    }

    private void setPassword(Handle handle, Principal principal, String hash) {
        handle.createUpdate("UPDATE appliance.account SET password_hash = :hash, password_at = :now"
                        + " WHERE principal = :principal")
                .bind("hash", hash)
                .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
                .bind("principal", principal.id())
                .execute();
    }

    private static void dropSecondFactor(Handle handle, Principal principal) {
        handle.createUpdate("""
                        UPDATE appliance.account SET totp_key = NULL, totp_secret = NULL, totp_confirmed = false
                        WHERE principal = :principal""").bind("principal", principal.id()).execute();
        RecoveryCodes.clear(handle, principal);
    }

    private void record(Handle handle, Principal by, Principal subject, String change) {
        log.append(handle, EntryType.ACCOUNT_CHANGED, by, Map.of("change", change, "subject", subject.id()));
    }

    private static List<String> about(Identity person) {
        return List.of(person.name(), person.displayName());
    }
}

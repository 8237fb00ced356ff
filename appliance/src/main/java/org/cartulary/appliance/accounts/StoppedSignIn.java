package org.cartulary.appliance.accounts;

import java.time.Instant;
import java.util.Optional;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.keys.DataKeys;
import org.cartulary.compliance.people.Identities;
import org.cartulary.compliance.people.Identity;
import org.jdbi.v3.core.Handle;

/**
 * Whether somebody is who he says on a home that does not run: by his password and a code of his authenticator app, without which no
 * act of two people is his. Nobody is locked out by it: whoever can call this has the database anyway.
 */
public final class StoppedSignIn {
    private StoppedSignIn() {}

    /** Who it is; empty where password or code are wrong, or nobody is called so, or he has no second factor. */
    public static Optional<Principal> person(
            Handle handle, DataKeys keys, String name, String password, String code, Instant now) {
        return named(handle, name)
                .flatMap(person -> Account.find(handle, person.id()))
                .filter(account -> isRight(account, password))
                .filter(account -> isRight(account, new SecretBox(keys), code, now))
                .map(Account::principal);
    }

    private static Optional<Identity> named(Handle handle, String name) {
        try {
            return Identities.named(handle, Identity.normalised(name), false)
                    .filter(found -> found.kind() == Identity.Kind.PERSON && !found.disabled());
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // no name at all
        }
    }

    private static boolean isRight(Account account, String password) {
        String hash = account.passwordHash();
        return hash != null
                && password.length() <= PasswordRules.MAX_LENGTH
                && new PasswordChecks(1).matches(PasswordRules.normalised(password), hash);
    }

    private static boolean isRight(Account account, SecretBox secrets, String code, Instant now) {
        Account.Secret secret = account.secret();
        return secret != null
                && account.hasSecondFactor()
                && SecondFactor.step(secrets.open(secret), code.strip(), now, secret.lastStep())
                        .isPresent();
    }
}

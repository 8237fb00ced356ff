package org.cartulary.appliance.accounts;

import org.cartulary.compliance.people.Identity;

/** What became of a wish to sign in. */
public sealed interface SignInResult {
    /**
     * Signed in.
     *
     * @param cookie the session's secret, known to nobody else
     */
    record Opened(Identity identity, String cookie) implements SignInResult {
        @Override
        public String toString() {
            return "Opened[" + identity.id().id() + "]";
        }
    }

    /** Name and password are right; the code of the second factor is wanted too. */
    record CodeWanted() implements SignInResult {}

    /** Nobody was signed in, for a reason that is the same whatever was wrong. */
    record Refused() implements SignInResult {
        public static final String MESSAGE = "Name, password or code is wrong, or there were too many wrong ones: wait"
                + " a while, or ask an administrator for a new invitation.";
    }
}

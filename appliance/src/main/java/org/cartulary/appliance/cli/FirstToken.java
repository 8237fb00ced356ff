package org.cartulary.appliance.cli;

import java.util.Optional;
import org.cartulary.appliance.Appliance;
import org.cartulary.appliance.accounts.Credentials;

/** The administrator's first token, shown once. */
final class FirstToken {
    private FirstToken() {}

    /** Issues it, if none was issued before. */
    static Optional<String> issue(Appliance appliance) {
        return appliance.get(Credentials.class).issueFirst();
    }

    static void announce(Optional<String> token) {
        token.ifPresent(text -> Terminal.line(
                "Administrator token (shown this once; deploy/cartulary token issues" + " another): " + text));
    }
}

package org.cartulary.appliance.acts;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.cartulary.appliance.accounts.Accounts;
import org.cartulary.compliance.acts.Act;
import org.cartulary.compliance.acts.ActOnPerson;
import org.cartulary.compliance.people.Role;

/**
 * Lets a compliance officer who lost his password be invited anew, once and for a day: whoever invites could sign in as him,
 * so no administrator does it alone.
 */
public final class InviteOfficer {
    private static final Set<Role> EITHER = EnumSet.of(Role.ADMINISTRATOR, Role.COMPLIANCE_OFFICER);

    private InviteOfficer() {}

    public static Act on(Accounts accounts) {
        return new ActOnPerson(
                "invite-officer", EITHER, EITHER, "The officer who is invited anew.", (handle, approver, officer) -> {
                    accounts.allowInvitation(handle, approver, officer.id());
                    return Optional.empty();
                });
    }
}

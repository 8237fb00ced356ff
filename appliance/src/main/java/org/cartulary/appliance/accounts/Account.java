package org.cartulary.appliance.accounts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.cartulary.compliance.identity.Principal;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What a person signs in with, as a row.
 *
 * @param passwordHash PHC string, or null until an invitation is taken up
 * @param secret sealed secret of the second factor and the id of its key, or null where there is none
 * @param confirmed whether a code of the second factor was shown once; until then it does not count
 */
record Account(
        Principal principal,
        @Nullable String passwordHash,
        @Nullable Secret secret,
        boolean confirmed) {
    /** A sealed secret. */
    @SuppressWarnings("ArrayRecordComponent") // read and opened, never compared
    record Secret(long key, byte[] sealed, long lastStep) {}

    boolean hasSecondFactor() {
        return secret != null && confirmed;
    }

    static Optional<Account> find(Handle handle, Principal principal) {
        return handle.createQuery("SELECT * FROM appliance.account WHERE principal = :principal")
                .bind("principal", principal.id())
                .map((row, context) -> of(row))
                .findOne();
    }

    private static Account of(ResultSet row) throws SQLException {
        byte[] sealed = row.getBytes("totp_secret");
        return new Account(
                new Principal(row.getString("principal")),
                row.getString("password_hash"),
                sealed == null ? null : new Secret(row.getLong("totp_key"), sealed, row.getLong("totp_last_step")),
                row.getBoolean("totp_confirmed"));
    }
}

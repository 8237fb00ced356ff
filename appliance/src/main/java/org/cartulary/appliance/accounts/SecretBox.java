package org.cartulary.appliance.accounts;

import java.util.Objects;
import javax.crypto.SecretKey;
import org.cartulary.compliance.keys.DataKey;
import org.cartulary.compliance.keys.DataKeys;
import org.cartulary.compliance.keys.Seal;

/** Keeps the secrets of second factors sealed, each with a key of its own, apart from the database. Thread-safe. */
record SecretBox(DataKeys keys) {
    Account.Secret seal(byte[] secret) {
        DataKey key = keys.take();
        return new Account.Secret(key.id(), Seal.seal(key.key(), key.id(), secret), 0);
    }

    byte[] open(Account.Secret secret) {
        SecretKey key = keys.find(secret.key())
                .orElseThrow(() -> new IllegalStateException(
                        "The key " + secret.key() + " of a second factor is gone: send its owner a new invitation"));
        return Seal.open(Objects.requireNonNull(key), secret.key(), secret.sealed());
    }
}

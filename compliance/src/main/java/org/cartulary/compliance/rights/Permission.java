package org.cartulary.compliance.rights;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What may be done with a collection. */
public enum Permission {
    /** See documents that no label or level keeps from the reader. */
    READ,
    /** Bring documents in, change and remove them; reading goes with it. */
    WRITE,
    /** Say who may read and write, and what documents are marked with; writing goes with it. */
    MANAGE,
    /** Open the collection in an emergency, with a reason and for a time. It lets nothing be seen before that. */
    EMERGENCY;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Permission> named(String name) {
        return Arrays.stream(values())
                .filter(permission -> permission.wireName().equals(name))
                .findFirst();
    }

    /** Whether whoever is granted this may do the other too. */
    public boolean covers(Permission other) {
        if (this == EMERGENCY || other == EMERGENCY) {
            return this == other;
        }
        return compareTo(other) >= 0;
    }
}

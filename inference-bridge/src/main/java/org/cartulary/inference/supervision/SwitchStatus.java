package org.cartulary.inference.supervision;

import org.cartulary.inference.ModelCard;

/**
 * A change of a role's model that is under way.
 *
 * @param sha256 of the model that is to serve
 * @param name of it
 */
public record SwitchStatus(ModelCard.Role role, String sha256, String name, Phase phase) {
    /** How far it is. */
    public enum Phase {
        /** The new model loads; the old one serves, unless it had to make room. */
        LOADING,
        /** The old one finishes what it has begun; the new one serves, unless it waits for room. */
        DRAINING
    }
}

package org.cartulary.appliance.api;

import jakarta.inject.Singleton;
import org.cartulary.appliance.access.Caller;
import org.cartulary.appliance.access.Refused;
import org.cartulary.compliance.people.Role;
import org.cartulary.compliance.rights.Permission;
import org.cartulary.retrieval.catalog.Catalog;
import org.cartulary.retrieval.catalog.Collection;

/**
 * Who may say what holds of a collection: administrators, who need not be able to read it, and curators who manage it.
 */
@Singleton
final class Managing {
    private final Reading reading;
    private final Catalog catalog;

    Managing(Reading reading, Catalog catalog) {
        this.reading = reading;
        this.catalog = catalog;
    }

    /** The collection of that name, if the caller may say what holds of it. */
    Collection manages(String name, Caller caller) {
        return caller.has(Role.ADMINISTRATOR)
                ? named(name)
                : reading.collection(name, caller.principal(), Permission.MANAGE);
    }

    /** The collection of that name, if the caller may look at what holds of it; compliance officers may. */
    Collection looksAt(String name, Caller caller) {
        return caller.has(Role.COMPLIANCE_OFFICER) ? named(name) : manages(name, caller);
    }

    private Collection named(String name) {
        return catalog.find(name).orElseThrow(() -> Refused.notFound("The collection \"" + name + "\""));
    }
}

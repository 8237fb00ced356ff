package org.cartulary.appliance.api;

import jakarta.inject.Singleton;
import org.cartulary.appliance.access.Refused;
import org.cartulary.appliance.asking.Rights;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.rights.ReadFilter;
import org.cartulary.retrieval.catalog.Catalog;
import org.cartulary.retrieval.catalog.Collection;

/** What a caller may read. A collection that exists but may not be read looks like one that does not exist. */
@Singleton
public final class Reading {
    private final Rights rights;
    private final Catalog catalog;

    Reading(Rights rights, Catalog catalog) {
        this.rights = rights;
        this.catalog = catalog;
    }

    /** Everything that the caller may read, as of now. */
    public ReadFilter filter(Principal principal) {
        return rights.of(principal);
    }

    /** The collection of that name, if the caller may read it. */
    public Collection collection(String name, Principal principal) {
        ReadFilter filter = filter(principal);
        return catalog.find(name)
                .filter(collection -> filter.collections().contains(collection.id()))
                .orElseThrow(() -> Refused.notFound("The collection \"" + name + "\""));
    }
}

package org.cartulary.appliance.api;

import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.cartulary.appliance.access.Refused;
import org.cartulary.appliance.asking.Rights;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.purpose.Stated;
import org.cartulary.compliance.rights.Permission;
import org.cartulary.compliance.rights.ReadFilter;
import org.cartulary.retrieval.catalog.Catalog;
import org.cartulary.retrieval.catalog.Collection;

/** What a caller may do with collections. One that exists but may not be read looks like one that does not exist. */
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
                .orElseThrow(() -> unknown(name));
    }

    /**
     * As {@link #collection}, for a question.
     *
     * @throws Refused also where the collection wants a purpose or a reference that is not stated
     */
    public Collection forQuestion(String name, Principal principal, Stated stated) {
        Collection collection = collection(name, principal);
        requireStated(collection.id(), stated);
        return collection;
    }

    /** Goes on only where everything is stated that a collection wants to know with each question. */
    public void requireStated(UUID collection, Stated stated) {
        rights.missing(collection, stated).ifPresent(missing -> {
            throw new Refused(HttpStatus.UNPROCESSABLE_ENTITY, missing.message(), missing.code(), "purpose_of_use");
        });
    }

    /**
     * The collection of that name, if the caller may do this with it.
     *
     * @throws Refused as not found where he may not even read it, else as forbidden
     */
    public Collection collection(String name, Principal principal, Permission permission) {
        Collection collection = catalog.find(name).orElseThrow(() -> unknown(name));
        if (rights.may(principal, permission, collection.id())) {
            return collection;
        }
        if (filter(principal).collections().contains(collection.id())) {
            throw new Refused(
                    HttpStatus.FORBIDDEN,
                    "You may read this collection but not " + permission.wireName() + " it: ask who manages it.");
        }
        throw unknown(name);
    }

    boolean manages(UUID collection, Principal principal) {
        return rights.may(principal, Permission.MANAGE, collection);
    }

    /** Goes on only where a principal may do this with a collection that he may read. */
    void requireMay(UUID collection, Principal principal, Permission permission) {
        if (!rights.may(principal, permission, collection)) {
            throw new Refused(
                    HttpStatus.FORBIDDEN,
                    "You may read this collection but not " + permission.wireName() + " it: ask who manages it.");
        }
    }

    /** Goes on only where a principal manages a collection that he may read. */
    void requireManages(UUID collection, Principal principal) {
        requireMay(collection, principal, Permission.MANAGE);
    }

    private static Refused unknown(String name) {
        return Refused.notFound("The collection \"" + name + "\"");
    }
}

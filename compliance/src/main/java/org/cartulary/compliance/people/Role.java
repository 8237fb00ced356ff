package org.cartulary.compliance.people;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What somebody is here for. It opens routes; which documents somebody may see, grants and labels say. */
public enum Role {
    /** Asks, searches and opens documents that he is granted. */
    READER,
    /** Brings documents into collections in which he may write. */
    CURATOR,
    /** Runs the system; reads neither conversations nor evidence. */
    ADMINISTRATOR,
    /** Reads evidence and reviews; changes nothing else. */
    COMPLIANCE_OFFICER,
    /** A program, by key only. */
    SERVICE;

    /** As it is written in statements, requests and the log. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The object of statements about it. */
    public String object() {
        return "role:" + wireName();
    }

    /** The role of that name. */
    public static Optional<Role> named(String name) {
        return Arrays.stream(values())
                .filter(role -> role.wireName().equals(name))
                .findFirst();
    }

    /** Whether a group may hold it for its members; the other two are given to a person by name. */
    boolean byGroup() {
        return this == READER || this == CURATOR;
    }

    /** Whether somebody of this kind may hold it. */
    boolean fits(Identity.Kind kind) {
        return switch (kind) {
            case CONSOLE, PERSON -> this != SERVICE;
            case SERVICE -> this == SERVICE || this == READER || this == CURATOR;
            case GROUP -> byGroup();
        };
    }
}

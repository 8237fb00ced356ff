package org.cartulary.compliance.retention;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.cartulary.compliance.evidence.EntryType;

/** What a rule is about. */
public enum RetentionClass {
    /** Questions with all their entries. */
    QUESTIONS(
            EntryType.ASKED,
            EntryType.RETRIEVED,
            EntryType.ANSWERED,
            EntryType.ABSTAINED,
            EntryType.REFUSED,
            EntryType.FAILED,
            EntryType.CANCELLED,
            EntryType.INTERRUPTED),
    DOCUMENTS(
            EntryType.DOCUMENT_ADDED,
            EntryType.DOCUMENT_REPLACED,
            EntryType.DOCUMENT_DELETED,
            EntryType.DOCUMENT_DESCRIBED,
            EntryType.DELETION_PROVED),
    PEOPLE(
            EntryType.ACCOUNT_CHANGED,
            EntryType.SIGNED_IN,
            EntryType.SIGN_IN_REFUSED,
            EntryType.SIGNED_OUT,
            EntryType.RIGHTS_CHANGED),
    /** All other entries. */
    OTHER,
    /** Whole shards, counted from the day on which they were closed. */
    SHARDS;

    @SuppressWarnings("ImmutableEnumChecker") // never changed after it is made
    private final Set<EntryType> own;

    RetentionClass(EntryType... own) {
        this.own = own.length == 0 ? EnumSet.noneOf(EntryType.class) : EnumSet.copyOf(Arrays.asList(own));
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Empty where there is none of this name. */
    public static Optional<RetentionClass> named(String name) {
        return Arrays.stream(values())
                .filter(one -> one.wireName().equals(name))
                .findFirst();
    }

    /** Wire names of the types of its entries. */
    String[] types() {
        Set<EntryType> types = this == OTHER ? EnumSet.allOf(EntryType.class) : EnumSet.copyOf(own);
        if (this == OTHER) {
            types.removeAll(QUESTIONS.own);
            types.removeAll(DOCUMENTS.own);
            types.removeAll(PEOPLE.own);
        }
        return types.stream().map(EntryType::wireName).toArray(String[]::new);
    }
}

package org.cartulary.compliance.purpose;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.policy.Policy;
import org.cartulary.compliance.policy.PolicyChange;
import org.cartulary.compliance.policy.Settings;
import org.jdbi.v3.core.Handle;

/** Which purposes of use the house has, and which collection wants one. Runs in the callers' transactions; thread-safe. */
public final class Purposes {
    /** What counts until the house says otherwise (HL7 PurposeOfUse has these among others). */
    public static final List<String> STANDARD = List.of("treatment", "payment", "operations", "legal", "research");

    /** Purposes of a house at most. */
    public static final int MAX = 64;

    /** Characters of a reference at most. */
    public static final int MAX_REFERENCE = 128;

    private static final String HOUSE = "purposes";
    private static final String COLLECTION = "purpose:";
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

    private final Settings settings;

    public Purposes(Settings settings) {
        this.settings = settings;
    }

    /**
     * Why a question may not be asked as it is.
     *
     * @param code one word for the reason
     * @param message a sentence with the remedy
     */
    public record Missing(String code, String message) {}

    /** The purposes of the house. */
    public static List<String> ofHouse(Handle handle) {
        return Settings.find(handle, HOUSE, Policy.version(handle))
                .map(Purposes::names)
                .orElse(STANDARD);
    }

    /** Sets the purposes of the house. Collections that want one which is gone want it still. */
    public PolicyChange setHouse(Handle handle, Principal by, List<String> names) {
        Optional<String> wrong =
                names.stream().filter(name -> !NAME.matcher(name).matches()).findFirst();
        if (names.isEmpty() || names.size() > MAX || wrong.isPresent()) {
            return new PolicyChange.Refused(
                    "purposes",
                    "A house has 1 to " + MAX + " purposes, each 1 to 64 characters of a-z, 0-9 and -"
                            + wrong.map(name -> "; \"" + name + "\" is none.").orElse("."));
        }
        return settings.set(handle, by, HOUSE, List.copyOf(new TreeSet<>(names)));
    }

    /** What a collection wants. */
    public static Requirement of(Handle handle, UUID collection) {
        return Settings.find(handle, COLLECTION + collection, Policy.version(handle))
                .map(value -> new Requirement(
                        new TreeSet<>(names(value.path("purposes"))),
                        value.path("reference").asBoolean()))
                .orElse(Requirement.NONE);
    }

    /** Sets what a collection wants. */
    public PolicyChange require(Handle handle, Principal by, UUID collection, Requirement wanted) {
        Collection<String> unknown = new TreeSet<>(wanted.purposes());
        unknown.removeAll(ofHouse(handle));
        if (!unknown.isEmpty()) {
            return new PolicyChange.Refused(
                    "unknown-purpose",
                    "The house has no purpose " + String.join(", ", unknown) + "; it has "
                            + String.join(", ", ofHouse(handle)) + ".");
        }
        return settings.set(handle, by, COLLECTION + collection, wanted.value());
    }

    /** What is missing for a question to a collection; empty where it may be asked. */
    public static Optional<Missing> missing(Handle handle, UUID collection, Stated stated) {
        if (stated.reference() != null && stated.reference().length() > MAX_REFERENCE) {
            return Optional.of(
                    new Missing("reference", "A reference has at most " + MAX_REFERENCE + " characters: shorten it."));
        }
        Requirement wanted = of(handle, collection);
        String purpose = stated.purpose();
        if (!wanted.purposes().isEmpty()
                && (purpose == null || !wanted.purposes().contains(purpose))) {
            return Optional.of(new Missing(
                    "purpose",
                    "This collection wants a purpose with each question: " + String.join(", ", wanted.purposes())
                            + "."));
        }
        if (wanted.purposes().isEmpty() && purpose != null && !ofHouse(handle).contains(purpose)) {
            return Optional.of(new Missing(
                    "purpose", "There is no such purpose here; there are " + String.join(", ", ofHouse(handle)) + "."));
        }
        if (wanted.reference() && stated.reference() == null) {
            return Optional.of(new Missing(
                    "reference", "This collection wants the case or patient with each question: give a reference."));
        }
        return Optional.empty();
    }

    private static List<String> names(JsonNode array) {
        List<String> names = new ArrayList<>();
        array.forEach(name -> names.add(name.asText()));
        return names;
    }
}

package org.cartulary.compliance.acts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What an act wants to know.
 *
 * @param name letters and digits
 * @param what a sentence for those who ask for the act
 */
public record Parameter(String name, String what, Type type) {
    /** What its value is. */
    public enum Type {
        /** Id of a person. */
        PERSON,
        /** Name of a collection. */
        COLLECTION,
        TEXT,
        /** An array. */
        LIST;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        private boolean fits(JsonNode value) {
            return this == LIST ? value.isArray() : value.isTextual();
        }
    }

    /** The parameter of acts that concern a person. */
    public static Parameter person(String what) {
        return new Parameter("person", what, Type.PERSON);
    }

    /** Why these values are not what is wanted, by name; empty where they are. */
    static Optional<ActOutcome.Refused> unfit(List<Parameter> wanted, JsonNode values) {
        List<String> faults = new ArrayList<>();
        for (Parameter parameter : wanted) {
            JsonNode value = values.path(parameter.name());
            if (value.isMissingNode() || value.isNull()) {
                faults.add("\"" + parameter.name() + "\" is missing");
            } else if (!parameter.type().fits(value)) {
                faults.add(
                        "\"" + parameter.name() + "\" is to be a " + (parameter.type() == Type.LIST ? "list" : "text"));
            }
        }
        values.fieldNames().forEachRemaining(name -> {
            if (wanted.stream().noneMatch(parameter -> parameter.name().equals(name))) {
                faults.add("\"" + name + "\" is unknown");
            }
        });
        return faults.isEmpty()
                ? Optional.empty()
                : Optional.of(new ActOutcome.Refused(
                        "parameters",
                        "Of the parameters " + String.join(", ", faults) + ". This act wants "
                                + (wanted.isEmpty() ? "none." : described(wanted))));
    }

    private static String described(List<Parameter> wanted) {
        List<String> each = wanted.stream()
                .map(parameter -> "\"" + parameter.name() + "\": " + parameter.what())
                .toList();
        return String.join(" ", each);
    }
}

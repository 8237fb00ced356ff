package org.cartulary.compliance.rights;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** Rights as a person would work them out, statement by statement, without SQL and without a filter. */
final class NaiveRights {
    /** {@code member group subject}, {@code grant collection subject}, and so on. */
    final Set<List<String>> facts;

    final Map<UUID, Label> labels;

    NaiveRights() {
        this(new HashSet<>(), new HashMap<>());
    }

    private NaiveRights(Set<List<String>> facts, Map<UUID, Label> labels) {
        this.facts = facts;
        this.labels = labels;
    }

    NaiveRights copy() {
        return new NaiveRights(new HashSet<>(facts), new HashMap<>(labels));
    }

    /** Flips a fact; true where it holds afterwards. */
    boolean flip(List<String> fact) {
        return facts.add(fact) || !facts.remove(fact);
    }

    boolean reads(String person, Marking marking) {
        if (facts.contains(List.of("disabled", person))) {
            return false;
        }
        String collection = marking.collection().toString();
        boolean granted = saidOf(person, "read", collection)
                || saidOf(person, "write", collection)
                || saidOf(person, "manage", collection);
        int clearance = Levels.STANDARD.clearance();
        for (int level = 0; level < Levels.STANDARD.names().size(); level++) {
            if (saidOf(person, "cleared", Integer.toString(level))) {
                clearance = Math.max(clearance, level);
            }
        }
        boolean ordinary = granted && marking.level() <= clearance;
        boolean emergency = facts.contains(List.of("opened", collection, person))
                && marking.level() <= Math.max(clearance, Levels.STANDARD.emergency());
        for (UUID id : marking.labels()) {
            Label label = Objects.requireNonNull(labels.get(id));
            boolean listed = saidOf(person, "listed", id.toString());
            boolean keepsOut = label.kind() == Label.Kind.ALLOW ? !listed : listed;
            if (keepsOut) {
                ordinary = false;
                emergency = emergency && !label.byLaw();
            }
        }
        return ordinary || emergency;
    }

    private boolean saidOf(String subject, String relation, String object) {
        if (facts.contains(List.of(relation, object, subject))) {
            return true;
        }
        return facts.stream()
                .filter(fact -> fact.get(0).equals("member") && fact.get(2).equals(subject))
                .anyMatch(fact -> saidOf(fact.get(1), relation, object));
    }
}

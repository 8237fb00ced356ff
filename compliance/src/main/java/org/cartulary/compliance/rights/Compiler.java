package org.cartulary.compliance.rights;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.cartulary.compliance.policy.Statement;

/**
 * Turns a standing into rights. A document may be read where its collection is granted or opened, the reader is cleared
 * for its level, listed on every allow label that it bears, and on none of its deny labels. An emergency stands in for the
 * grant and for all that is not by law, up to its own level.
 */
final class Compiler {
    private final Standing standing;
    private final Map<Permission, SortedSet<UUID>> granted = new EnumMap<>(Permission.class);
    private final Set<UUID> listed = new HashSet<>();
    private int clearance;

    Compiler(Standing standing) {
        this.standing = standing;
        this.clearance = standing.levels().clearance();
        standing.statements().forEach(this::take);
    }

    private void take(Statement statement) {
        String object = statement.object();
        if (object.startsWith(Grants.COLLECTION)) {
            UUID collection = UUID.fromString(object.substring(Grants.COLLECTION.length()));
            Permission.named(statement.relation())
                    .ifPresent(permission -> granted.computeIfAbsent(permission, none -> new TreeSet<>())
                            .add(collection));
        } else if (object.startsWith(Grants.CLEARANCE)) {
            clearance = Math.max(clearance, Integer.parseInt(object.substring(Grants.CLEARANCE.length())));
        } else if (object.startsWith("label:")) {
            listed.add(UUID.fromString(object.substring("label:".length())));
        }
    }

    /** Collections for which somebody has a permission, by itself or by a wider one. */
    SortedSet<UUID> with(Permission wanted) {
        SortedSet<UUID> all = new TreeSet<>();
        if (!standing.disabled()) {
            granted.forEach((permission, collections) -> {
                if (permission.covers(wanted)) {
                    all.addAll(collections);
                }
            });
        }
        return all;
    }

    /** Collections that may be read, by grant or in an emergency. */
    SortedSet<UUID> readable() {
        SortedSet<UUID> all = with(Permission.READ);
        if (!standing.disabled()) {
            all.addAll(standing.opened());
        }
        return all;
    }

    int clearance() {
        return clearance;
    }

    boolean isListed(UUID label) {
        return listed.contains(label);
    }

    /** The filter over these markings. */
    ReadFilter filter(Collection<Marking> markings) {
        SortedMap<UUID, SortedSet<Long>> readable = new TreeMap<>();
        readable().forEach(collection -> readable.put(collection, new TreeSet<>()));
        for (Marking marking : markings) {
            SortedSet<Long> allowed = readable.get(marking.collection());
            if (allowed != null && admits(marking)) {
                allowed.add(marking.id());
            }
        }
        return new ReadFilter(standing.version(), readable);
    }

    /** Whether documents with this marking may be read. */
    boolean admits(Marking marking) {
        if (standing.disabled()) {
            return false;
        }
        boolean opened = standing.opened().contains(marking.collection());
        boolean ordinary = with(Permission.READ).contains(marking.collection())
                && marking.level() <= clearance
                && marking.labels().stream().allMatch(this::passes);
        boolean inEmergency = opened
                && marking.level() <= Math.max(clearance, standing.levels().emergency())
                && marking.labels().stream().filter(this::isByLaw).allMatch(this::passes);
        return ordinary || inEmergency;
    }

    /** Whether a label lets the reader pass; one that is not known lets nobody. */
    boolean passes(UUID id) {
        Label label = standing.labels().get(id);
        return label != null && (label.kind() == Label.Kind.ALLOW) == listed.contains(id);
    }

    boolean isByLaw(UUID id) {
        Label label = standing.labels().get(id);
        return label == null || label.byLaw();
    }
}

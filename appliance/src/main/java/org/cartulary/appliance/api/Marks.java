package org.cartulary.appliance.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.cartulary.compliance.rights.Label;
import org.cartulary.compliance.rights.Marking;
import org.jspecify.annotations.Nullable;

/** Labels by name, and a level; none where absent. */
@Serdeable
@JsonInclude(JsonInclude.Include.ALWAYS)
record Marks(@Nullable List<String> labels, @Nullable Integer level) {
    /**
     * These labels and this level.
     *
     * @param all labels of the house
     */
    static Marks of(List<Label> all, Set<UUID> labels, @Nullable Integer level) {
        return new Marks(names(all, labels), level);
    }

    static Marks of(List<Label> all, Marking marking) {
        return of(all, marking.labels(), marking.level());
    }

    static List<String> names(List<Label> all, Set<UUID> labels) {
        return all.stream()
                .filter(label -> labels.contains(label.id()))
                .map(Label::name)
                .toList();
    }
}

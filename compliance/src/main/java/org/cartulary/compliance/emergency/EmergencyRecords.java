package org.cartulary.compliance.emergency;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.evidence.OpenedEntry;
import org.cartulary.compliance.rights.Marking;
import org.cartulary.compliance.rights.Markings;
import org.jdbi.v3.core.Handle;

/** What the log tells of emergencies under seal, for compliance officers. Runs in the callers' transactions; thread-safe. */
public final class EmergencyRecords {
    private final EvidenceLog log;

    public EmergencyRecords(EvidenceLog log) {
        this.log = log;
    }

    /**
     * What was written down.
     *
     * @param reason of whoever opened it; empty once its record was destroyed
     * @param remark of the reviewer; empty before the review, and once its record was destroyed
     */
    public record Words(Optional<String> reason, Optional<String> remark) {}

    public Words words(Handle handle, Emergency emergency) {
        List<OpenedEntry> entries = log.opened(handle, emergency.number());
        return new Words(
                field(entries, EntryType.EMERGENCY_OPENED, "reason"),
                field(entries, EntryType.EMERGENCY_REVIEWED, "remark"));
    }

    private static Optional<String> field(List<OpenedEntry> entries, EntryType type, String name) {
        return entries.stream()
                .filter(entry -> entry.type() == type)
                .findFirst()
                .flatMap(OpenedEntry::sealed)
                .map(fields -> fields.path(name).asText());
    }

    /**
     * What was asked while an emergency was open.
     *
     * @param questions those of its person that concerned its collection, oldest first
     * @param destroyed questions of its person whose records are gone, so that nobody knows what they concerned
     */
    public record Use(List<Question> questions, int destroyed) {
        public Use {
            questions = List.copyOf(questions);
        }
    }

    /** A question by its number in the log. */
    public record Question(long number, Instant askedAt) {}

    public Use use(Handle handle, Emergency emergency) {
        List<Question> questions = new ArrayList<>();
        int destroyed = 0;
        for (OpenedEntry asked : log.askedBy(
                handle, emergency.principal(), emergency.number(), emergency.openedAt(), emergency.endsAt())) {
            if (asked.sealed().isEmpty()) {
                destroyed++;
            } else if (collection(handle, asked.sealed().get(), asked.time())
                    .filter(emergency.collection()::equals)
                    .isPresent()) {
                questions.add(new Question(asked.number(), asked.time()));
            }
        }
        return new Use(questions, destroyed);
    }

    /** Questions name a collection; whoever opens a document names that, and it lay in one then. */
    private static Optional<UUID> collection(Handle handle, JsonNode asked, Instant time) {
        return id(asked.path("collection"))
                .or(() -> id(asked.path("document"))
                        .flatMap(document -> Markings.at(handle, document, time))
                        .map(Marking::collection));
    }

    private static Optional<UUID> id(JsonNode text) {
        return text.isTextual() ? Optional.of(UUID.fromString(text.asText())) : Optional.empty();
    }
}

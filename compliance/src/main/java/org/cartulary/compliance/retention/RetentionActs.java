package org.cartulary.compliance.retention;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.cartulary.compliance.acts.Act;
import org.cartulary.compliance.acts.ActOutcome;
import org.cartulary.compliance.acts.Parameter;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.people.Role;
import org.jdbi.v3.core.Handle;

/** What of retention takes two people: setting how long something is kept, which disposes of it in the end; releasing a hold. */
public final class RetentionActs {
    private static final Set<Role> EITHER = EnumSet.of(Role.ADMINISTRATOR, Role.COMPLIANCE_OFFICER);
    private static final Set<Role> OFFICER = EnumSet.of(Role.COMPLIANCE_OFFICER);

    private RetentionActs() {}

    public static List<Act> of(Holds holds, Clock clock) {
        return List.of(new SetRetention(clock), new ReleaseHold(holds));
    }

    private record SetRetention(Clock clock) implements Act {
        @Override
        public String kind() {
            return "set-retention";
        }

        @Override
        public Set<Role> requesters() {
            return EITHER;
        }

        @Override
        public Set<Role> approvers() {
            return OFFICER;
        }

        @Override
        public List<Parameter> parameters() {
            return List.of(
                    new Parameter(
                            "class", "questions, documents, people, other, or shards (whole).", Parameter.Type.TEXT),
                    new Parameter("collection", "Id of a collection, or empty for all others.", Parameter.Type.TEXT),
                    new Parameter("days", "1 to 36500, or 0 to keep for ever.", Parameter.Type.TEXT));
        }

        @Override
        public Optional<ActOutcome.Refused> check(Handle handle, JsonNode parameters) {
            Optional<RetentionClass> of =
                    RetentionClass.named(parameters.path("class").asText());
            String collection = parameters.path("collection").asText();
            String days = parameters.path("days").asText();
            if (of.isEmpty()) {
                return refused("class", "\"class\" is questions, documents, people, other or shards.");
            }
            boolean byCollection = of.get() == RetentionClass.QUESTIONS || of.get() == RetentionClass.DOCUMENTS;
            if (!collection.isEmpty() && (!byCollection || !isUuid(collection))) {
                return refused(
                        "collection",
                        "\"collection\" is the id of a collection, for questions and documents, or empty.");
            }
            return days.matches("[0-9]{1,5}") && Integer.parseInt(days) <= RetentionRule.MAX_DAYS
                    ? Optional.empty()
                    : refused("days", "\"days\" is 0 to " + RetentionRule.MAX_DAYS + ".");
        }

        private static boolean isUuid(String text) {
            return text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        }

        @Override
        public Optional<ActOutcome.Refused> execute(Handle handle, Principal approver, JsonNode parameters) {
            Optional<ActOutcome.Refused> refused = check(handle, parameters);
            if (refused.isPresent()) {
                return refused;
            }
            handle.createUpdate(
                            "DELETE FROM compliance.retention_rule WHERE class = :class AND collection = :collection")
                    .bind("class", parameters.path("class").asText())
                    .bind("collection", parameters.path("collection").asText())
                    .execute();
            int days = Integer.parseInt(parameters.path("days").asText());
            if (days > 0) {
                handle.createUpdate("""
                                INSERT INTO compliance.retention_rule (class, collection, days, set_at)
                                VALUES (:class, :collection, :days, :now)""")
                        .bind("class", parameters.path("class").asText())
                        .bind("collection", parameters.path("collection").asText())
                        .bind("days", days)
                        .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .execute();
            }
            return Optional.empty();
        }
    }

    private record ReleaseHold(Holds holds) implements Act {
        @Override
        public String kind() {
            return "release-hold";
        }

        @Override
        public Set<Role> requesters() {
            return EITHER;
        }

        @Override
        public Set<Role> approvers() {
            return OFFICER;
        }

        @Override
        public List<Parameter> parameters() {
            return List.of(new Parameter("hold", "Id of the hold, as holds list prints it.", Parameter.Type.TEXT));
        }

        @Override
        public Optional<ActOutcome.Refused> check(Handle handle, JsonNode parameters) {
            return open(handle, parameters).isPresent()
                    ? Optional.empty()
                    : refused("hold", "The parameter \"hold\" is to name a hold that was not released yet.");
        }

        @Override
        public Optional<ActOutcome.Refused> execute(Handle handle, Principal approver, JsonNode parameters) {
            Optional<Hold> hold = open(handle, parameters);
            hold.ifPresent(one -> holds.release(handle, approver, one));
            return hold.isPresent() ? Optional.empty() : check(handle, parameters);
        }

        private static Optional<Hold> open(Handle handle, JsonNode parameters) {
            try {
                return Holds.find(
                                handle, UUID.fromString(parameters.path("hold").asText()))
                        .filter(hold -> hold.releasedAt() == null);
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
    }

    private static Optional<ActOutcome.Refused> refused(String code, String message) {
        return Optional.of(new ActOutcome.Refused(code, message));
    }
}

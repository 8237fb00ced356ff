package org.cartulary.compliance.acts;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.people.Role;
import org.jdbi.v3.core.Handle;

/** A kind of act that takes two people. Thread-safe. */
public interface Act {
    /** A fixed code, 1 to 64 of {@code a-z 0-9 -}, a letter first; stands in clear in the log. */
    String kind();

    /** Any of these roles may ask for it. */
    Set<Role> requesters();

    /** Any of these roles may approve it. */
    Set<Role> approvers();

    /** What it wants to know: all of it, and nothing else. */
    List<Parameter> parameters();

    /** How long a request waits for approval. */
    default Duration life() {
        return Duration.ofDays(7);
    }

    /**
     * Why it cannot be asked for, as things are now; empty where it can.
     *
     * @param parameters those that {@link #parameters()} names, of their types
     */
    Optional<ActOutcome.Refused> check(Handle handle, JsonNode parameters);

    /**
     * Does it, in the transaction that records it; what it does outside the database it does after the commit.
     *
     * @param approver in whose name it is done
     * @return why it was not done, as things are now; nothing was changed then
     */
    Optional<ActOutcome.Refused> execute(Handle handle, Principal approver, JsonNode parameters);
}

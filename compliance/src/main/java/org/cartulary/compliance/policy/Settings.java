package org.cartulary.compliance.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.cartulary.compliance.canonical.CanonicalJson;
import org.cartulary.compliance.identity.Principal;
import org.jdbi.v3.core.Handle;

/** Policies that are no relation: a JSON value by name, with its versions. Thread-safe. */
public final class Settings {
    private final Policy policy;

    public Settings(Policy policy) {
        this.policy = policy;
    }

    /** The value as of a version; empty where none was ever set, so that the house's default counts. */
    public static Optional<JsonNode> find(Handle handle, String name, long version) {
        return handle.createQuery("SELECT value FROM compliance.setting WHERE name = :name AND " + Statements.COUNTS)
                .bind("name", name)
                .bind("version", version)
                .mapTo(String.class)
                .findOne()
                .map(text -> CanonicalJson.parse(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Sets a value, from the commit of the caller's transaction on. */
    public PolicyChange set(Handle handle, Principal by, String name, Object value) {
        String text = CanonicalJson.text(value);
        return policy.change(handle, by, Map.of("act", "set", "setting", name, "value", value), (open, version) -> {
            boolean same = find(open, name, version)
                    .map(CanonicalJson::text)
                    .filter(text::equals)
                    .isPresent();
            if (same) {
                return false;
            }
            open.createUpdate("UPDATE compliance.setting SET until = :version WHERE name = :name AND until IS NULL")
                    .bind("name", name)
                    .bind("version", version)
                    .execute();
            open.createUpdate("INSERT INTO compliance.setting (name, value, since)"
                            + " VALUES (:name, CAST(:value AS jsonb), :version)")
                    .bind("name", name)
                    .bind("value", text)
                    .bind("version", version)
                    .execute();
            return true;
        });
    }
}

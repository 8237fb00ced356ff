package org.cartulary.appliance.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which documents a question looks at; those that are in force today where nothing is given. */
final class ScopeOptions {
    @Option(
            names = "--on",
            paramLabel = "DATE",
            description = "Documents as they stood on that day: 2026-01-31 (default: today).")
    private @Nullable LocalDate on;

    @Option(
            names = "--standing",
            split = ",",
            paramLabel = "STANDING",
            description = {
                "Documents that stand so: in-force, not-yet, draft, superseded, expired (default: in-force).",
                "May be given again."
            })
    private List<String> standings = List.of();

    @Option(
            names = "--site",
            paramLabel = "SITE",
            description = "Only what holds at this site or at every site. May be given again.")
    private List<String> sites = List.of();

    @Option(
            names = "--field",
            paramLabel = "NAME=VALUE",
            description = "Only documents with this value. May be given again.")
    private Map<String, String> fields = Map.of();

    @Option(
            names = "--dated-from",
            paramLabel = "DATE",
            description = "Only documents that became effective, or were added, on that day or later.")
    private @Nullable LocalDate datedFrom;

    @Option(
            names = "--dated-to",
            paramLabel = "DATE",
            description = "Only documents that became effective, or were added, on that day or earlier.")
    private @Nullable LocalDate datedTo;

    /** Adds what was given to the body of a question. */
    void into(ObjectNode body) {
        ObjectNode scope = Console.JSON.createObjectNode();
        put(scope, "on", on);
        put(scope, "standings", standings);
        put(scope, "sites", sites);
        if (!fields.isEmpty()) {
            ObjectNode wanted = scope.putObject("fields");
            fields.forEach(wanted::put);
        }
        put(scope, "datedFrom", datedFrom);
        put(scope, "datedTo", datedTo);
        if (!scope.isEmpty()) {
            body.set("scope", scope);
        }
    }

    private static void put(ObjectNode scope, String name, @Nullable LocalDate day) {
        if (day != null) {
            scope.put(name, day.toString());
        }
    }

    private static void put(ObjectNode scope, String name, List<String> values) {
        if (!values.isEmpty()) {
            ArrayNode array = scope.putArray(name);
            values.forEach(array::add);
        }
    }
}

package org.cartulary.appliance.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the house says of a document. */
final class DetailsOptions {
    @Option(names = "--owner", description = "Who answers for it.")
    private @Nullable String owner;

    @Option(names = "--site", description = "Where it holds (default: at every site).")
    private @Nullable String site;

    @Option(names = "--draft", description = "It does not hold yet, whatever its dates.")
    private boolean draft;

    @Option(names = "--effective-on", paramLabel = "DATE", description = "The first day on which it holds.")
    private @Nullable LocalDate effectiveOn;

    @Option(names = "--review-on", paramLabel = "DATE", description = "The day by which to look at it again.")
    private @Nullable LocalDate reviewOn;

    @Option(names = "--expires-on", paramLabel = "DATE", description = "The last day on which it holds.")
    private @Nullable LocalDate expiresOn;

    @Option(
            names = "--withdrawn-on",
            paramLabel = "DATE",
            description = "The first day on which it is superseded, though by no document of the collection.")
    private @Nullable LocalDate withdrawnOn;

    @Option(
            names = "--supersedes",
            paramLabel = "PATH",
            description = "A document of its collection that it takes the place of. May be given again.")
    private List<String> supersedes = List.of();

    @Option(names = "--field", paramLabel = "NAME=VALUE", description = "A further value. May be given again.")
    private Map<String, String> fields = Map.of();

    ObjectNode body() {
        ObjectNode body = Console.JSON.createObjectNode().put("draft", draft);
        put(body, "owner", owner);
        put(body, "site", site);
        put(body, "effectiveOn", effectiveOn);
        put(body, "reviewOn", reviewOn);
        put(body, "expiresOn", expiresOn);
        put(body, "withdrawnOn", withdrawnOn);
        supersedes.forEach(body.putArray("supersedes")::add);
        ObjectNode values = body.putObject("fields");
        fields.forEach(values::put);
        return body;
    }

    private static void put(ObjectNode body, String name, @Nullable Object value) {
        if (value != null) {
            body.put(name, value.toString());
        }
    }
}

package org.cartulary.appliance.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Writes a bundle that a stranger can check: of all entries, or of those that all options want. A question comes with",
            "all of its entries; of what is not asked for only that it is there is shown. The export is an entry itself."
        },
        footer = {
            "",
            "Example: deploy/cartulary audit export --out evidence.zip",
            "         deploy/cartulary audit export --out case.zip --case A-2026-17 --from 2026-11-01 --to 2026-12-01"
        })
final class ExportCommand implements Callable<Integer> {
    @Mixin
    private final ConsoleOptions at = new ConsoleOptions();

    @Option(names = "--out", required = true, description = "The zip file to write.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path out;

    @Option(
            names = "--from",
            description =
                    "First tree index, or a day or instant in UTC at which something was begun (default: the first).")
    private @Nullable String from;

    @Option(
            names = "--to",
            description = "One past the last tree index, or before which day or instant (default: the end).")
    private @Nullable String to;

    @Option(names = "--number", description = "Of one question or act.")
    private @Nullable Long number;

    @Option(names = "--actor", description = "Pseudonym, as audit questions prints it.")
    private @Nullable String actor;

    @Option(names = "--document", description = "Id of a document that was found, shown, or came and went.")
    private @Nullable String document;

    @Option(
            names = {"--case", "--reference"},
            description = "Reference that the asker stated.")
    private @Nullable String reference;

    @Option(names = "--outcome", description = "answered, abstained, refused, failed, cancelled or interrupted.")
    private @Nullable String outcome;

    @Option(names = "--model", description = "SHA-256 of the file of the model that answered.")
    private @Nullable String model;

    @Option(names = "--shard", description = "Of the log (default: the open one); audit shards lists them.")
    private @Nullable String shard;

    @Option(
            names = "--witnessed",
            description =
                    "End at the last checkpoint that a quorum of witnesses signed (done anyway where it covers what is asked"
                            + " for).")
    private boolean witnessed;

    @Override
    public Integer call() {
        return at.run(console -> {
            String open = console.get("/api/status").at("/log/shard").asText();
            boolean closed = shard != null && !shard.equals(open);
            AuditCommand.write(console, out, query());
            Path log = console.home().resolve("log");
            Terminal.line("Written: " + out.toAbsolutePath() + ". Check it with: deploy/cartulary audit verify " + out
                    + " --key " + (closed ? log.resolve(String.valueOf(shard)) : log).resolve("log.vkey")
                    + " --certificate " + log.resolve("manifest.pem"));
        });
    }

    private String query() {
        Map<String, Object> given = new LinkedHashMap<>();
        put(given, "from", from);
        put(given, "to", to);
        put(given, "number", number);
        put(given, "actor", actor);
        put(given, "document", document);
        put(given, "reference", reference);
        put(given, "outcome", outcome);
        put(given, "model", model);
        put(given, "shard", shard);
        put(given, "witnessed", witnessed ? "true" : null);
        return given.entrySet().stream()
                .map(one -> one.getKey() + "=" + Console.encoded(one.getValue().toString()))
                .collect(Collectors.joining("&"));
    }

    private static void put(Map<String, Object> given, String name, @Nullable Object value) {
        if (value != null) {
            given.put(name, value);
        }
    }
}

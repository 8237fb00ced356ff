package org.cartulary.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.cartulary.compliance.witness.Witnesses;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is carried back from a witness. */
@Command(
        name = "cosigned",
        mixinStandardHelpOptions = true,
        description =
                "Takes in what a witness signed: the file that it wrote, or the texts of its codes, in any order.",
        footer = {
            "",
            "Example: deploy/cartulary audit cosigned /media/stick/cosigned",
            "         deploy/cartulary audit cosigned - < scanned.txt"
        })
final class CosignedCommand implements Callable<Integer> {
    @Mixin
    private final ConsoleOptions at = new ConsoleOptions();

    @Parameters(paramLabel = "FILE", description = "- for standard input: what a scanner of codes read, until its end.")
    private String file = "";

    @Option(names = "--json", description = "Print one JSON object instead of text.")
    private boolean json;

    @Override
    public Integer call() {
        return at.run(console -> {
            JsonNode taken = console.postText(WitnessWords.ROUTE + "/cosignatures", read(file));
            Terminal.line(
                    json
                            ? taken.toString()
                            : "Signed at %d entries by %s%s"
                                    .formatted(
                                            taken.path("size").asLong(),
                                            Listing.joined(taken.path("witnesses")),
                                            taken.path("quorum").asBoolean()
                                                    ? ""
                                                    : "; the policy asks for more before it counts as witnessed"));
        });
    }

    private static String read(String file) {
        try (InputStream in = file.equals("-") ? System.in : Files.newInputStream(Path.of(file))) {
            byte[] bytes = in.readNBytes(Witnesses.MAX_CARRIED_BYTES + 1);
            if (bytes.length > Witnesses.MAX_CARRIED_BYTES) {
                throw new CommandFailed(file + " is longer than " + Witnesses.MAX_CARRIED_BYTES + " bytes.");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CommandFailed("Cannot read " + file + ": give the file that the witness wrote.");
        }
    }
}

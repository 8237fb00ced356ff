package org.cartulary.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.Callable;
import org.cartulary.compliance.timestamp.Timestamps;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is carried to and from a time-stamping authority without a network. */
@Command(
        name = "timestamp",
        mixinStandardHelpOptions = true,
        description = {
            "Writes a question about the published checkpoint for a time-stamping authority without a network, or takes in",
            "its answer."
        },
        footer = {
            "",
            "Example: deploy/cartulary audit timestamp --query /media/stick/checkpoint.tsq",
            "         there: openssl ts -reply -queryfile checkpoint.tsq -out checkpoint.tsr",
            "         deploy/cartulary audit timestamp --answer /media/stick/checkpoint.tsr"
        })
final class TimestampCommand implements Callable<Integer> {
    @Mixin
    private final ConsoleOptions at = new ConsoleOptions();

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Way way;

    /** One of the two. */
    static final class Way {
        @Option(names = "--query", paramLabel = "FILE", description = "The question to write (TimeStampReq).")
        private @Nullable Path query;

        @Option(names = "--answer", paramLabel = "FILE", description = "The answer to take in (TimeStampResp).")
        private @Nullable Path answer;
    }

    @Override
    public Integer call() {
        return at.run(console -> {
            if (way.query != null) {
                write(console, way.query);
            } else if (way.answer != null) {
                take(console, way.answer);
            }
        });
    }

    private static void write(Console console, Path file) {
        JsonNode query = console.post(TimestampWords.ROUTE + "/query", Console.JSON.createObjectNode());
        try {
            Files.write(file, Base64.getDecoder().decode(query.path("query").asText()));
        } catch (IOException e) {
            throw new CommandFailed("The question could not be written to " + file + ": " + e.getMessage());
        }
        Terminal.line("Written: " + file.toAbsolutePath() + ", about "
                + query.path("size").asLong() + " entries. Bring the answer back with: audit timestamp --answer FILE");
    }

    private static void take(Console console, Path file) {
        String answer = Base64.getEncoder().encodeToString(read(file));
        JsonNode stamp = console.post(
                TimestampWords.ROUTE + "/answer",
                Console.JSON.createObjectNode().put("answer", answer));
        Terminal.line("Time-stamped at %d entries: %s"
                .formatted(stamp.path("size").asLong(), stamp.path("time").asText()));
    }

    private static byte[] read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(Timestamps.MAX_ANSWER_BYTES + 1);
            if (bytes.length > Timestamps.MAX_ANSWER_BYTES) {
                throw new CommandFailed(file + " is longer than " + Timestamps.MAX_ANSWER_BYTES + " bytes.");
            }
            return bytes;
        } catch (IOException e) {
            throw new CommandFailed("Cannot read " + file + ": give the file that the authority wrote.");
        }
    }
}

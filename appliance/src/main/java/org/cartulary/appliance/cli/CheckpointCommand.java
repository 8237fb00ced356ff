package org.cartulary.appliance.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is carried to a witness. */
@Command(
        name = "checkpoint",
        mixinStandardHelpOptions = true,
        description = {
            "Writes what is carried to a witness without a network: the checkpoint, and the proof that it has grown",
            "out of the one that the witness signed last. There: java -jar cartulary-verifier.jar witness cosign."
        },
        footer = {
            "",
            "Example: deploy/cartulary audit checkpoint --out /media/stick/checkpoint",
            "         deploy/cartulary audit checkpoint --qr"
        })
final class CheckpointCommand implements Callable<Integer> {
    @Mixin
    private final ConsoleOptions at = new ConsoleOptions();

    @Option(names = "--out", description = "The file to write; standard output where absent.")
    private @Nullable Path out;

    @Option(names = "--since", description = "Entries that the witness signed last, where it says so.")
    private @Nullable Long since;

    @Option(names = "--qr", description = "Draw a QR code instead, where sticks are forbidden.")
    private boolean qr;

    @Override
    public Integer call() {
        return at.run(console -> {
            String text =
                    console.getText(WitnessWords.ROUTE + "/submission" + (since == null ? "" : "?since=" + since));
            if (qr) {
                TerminalQr.lines(forCode(text)).forEach(Terminal::line);
            } else if (out == null) {
                Terminal.line(text.stripTrailing());
            } else {
                write(out, text);
                Terminal.line("Written: " + out.toAbsolutePath());
            }
        });
    }

    /**
     * With the first signature alone, the log's Ed25519 one, which a witness goes by: its ML-DSA-44 signature has 3,244
     * characters, and a code holds 2,953 bytes.
     */
    static String forCode(String submission) {
        int first = submission.indexOf("\n— ") + 1;
        int end = first == 0 ? -1 : submission.indexOf('\n', first);
        return end < 0 ? submission : submission.substring(0, end + 1);
    }

    private static void write(Path out, String text) {
        try {
            Files.writeString(out, text);
        } catch (IOException e) {
            throw new CommandFailed("The checkpoint could not be written to " + out + ": " + e.getMessage());
        }
    }
}

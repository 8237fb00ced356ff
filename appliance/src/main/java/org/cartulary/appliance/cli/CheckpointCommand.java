package org.cartulary.appliance.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.cartulary.appliance.carried.CarriedCheckpoint;
import org.cartulary.appliance.carried.NumberedCodes;
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
            "         deploy/cartulary audit checkpoint --qr",
            "         deploy/cartulary audit checkpoint --qr=checkpoint.svg"
        })
final class CheckpointCommand implements Callable<Integer> {
    @Mixin
    private final ConsoleOptions at = new ConsoleOptions();

    @Option(names = "--out", description = "The file to write; standard output where absent.")
    private @Nullable Path out;

    @Option(names = "--since", description = "Entries that the witness signed last, where it says so.")
    private @Nullable Long since;

    @Option(
            names = "--qr",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "FILE.svg",
            description = {
                "Draw it as a QR code instead, where sticks are forbidden: here, or in a file.",
                "What is too long for one takes several, which are numbered."
            })
    private @Nullable String qr;

    @Option(
            names = "--per-code",
            paramLabel = "BYTES",
            defaultValue = "1500",
            description = "Bytes in one code, 100 to 2953; fewer make smaller codes. Default: ${DEFAULT-VALUE}.")
    private int perCode;

    @Override
    public Integer call() {
        return at.run(console -> {
            requireCodes();
            String text =
                    console.getText(WitnessWords.ROUTE + "/submission" + (since == null ? "" : "?since=" + since));
            if (qr != null) {
                draw(CarriedCheckpoint.codes(text, perCode), qr);
            } else if (out == null) {
                Terminal.line(text.stripTrailing());
            } else {
                write(out, text);
                Terminal.line("Written: " + out.toAbsolutePath());
            }
        });
    }

    private void requireCodes() {
        try {
            NumberedCodes.requireBytes(perCode);
        } catch (IllegalArgumentException e) {
            throw new CommandFailed("--per-code: " + e.getMessage() + ".");
        }
    }

    private static void draw(List<String> codes, String file) {
        if (file.isEmpty()) {
            CodeDrawing.onTerminal(codes);
            return;
        }
        Path path = Path.of(file);
        write(path, CodeDrawing.svg(codes));
        Terminal.line("Drawn: " + path.toAbsolutePath()
                + (codes.size() == 1 ? "" : " (" + codes.size() + " codes, to be scanned in any order)"));
    }

    private static void write(Path out, String text) {
        try {
            Files.writeString(out, text);
        } catch (IOException e) {
            throw new CommandFailed("The checkpoint could not be written to " + out + ": " + e.getMessage());
        }
    }
}

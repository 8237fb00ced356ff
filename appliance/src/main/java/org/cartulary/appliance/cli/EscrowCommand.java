package org.cartulary.appliance.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cartulary.appliance.acts.SplitMasterKey;
import org.cartulary.compliance.keys.Escrow;
import org.cartulary.compliance.keys.Escrow.ShareFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "escrow",
        description = {
            "Shares of the master key: so many of them make it again, fewer say nothing about it. Whoever keeps the key out",
            "of backups, as is right, gives shares to people who do not meet by chance."
        },
        footer = {
            "",
            "Example: deploy/cartulary escrow split --shares 5 --threshold 3 --out /media/stick --reason \"Yearly.\"",
            "         deploy/cartulary escrow combine share-1.txt share-4.txt share-5.txt"
        })
final class EscrowCommand {
    /** A share has about 200 characters. */
    private static final int MOST_BYTES = 4096;

    @Command(
            name = "split",
            mixinStandardHelpOptions = true,
            description = {
                "Asks for a new set of shares, which a compliance officer approves (acts approve ID); then they lie in DIR,",
                "a file each. Earlier sets stay good. Takes a key of the person who asks: --key-file."
            },
            footer = {
                "",
                "Example: deploy/cartulary escrow split --shares 5 --threshold 3 --out /media/stick"
                        + " --reason \"Ada has left; her share with her.\" --key-file ben.key"
            })
    int split(
            @Mixin ConsoleOptions at,
            @Option(names = "--shares", required = true, paramLabel = "N", description = "How many there are to be.")
                    int shares,
            @Option(
                            names = "--threshold",
                            required = true,
                            paramLabel = "M",
                            description = "How many of them make the key again.")
                    int threshold,
            @Option(
                            names = "--out",
                            required = true,
                            paramLabel = "DIR",
                            description = "A directory that is there, outside the appliance's home.")
                    Path out,
            @Option(names = "--reason", required = true, description = "Whoever approves will read it.") String reason,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        return at.run(console -> {
            ObjectNode wanted = Console.JSON
                    .createObjectNode()
                    .put("kind", SplitMasterKey.KIND)
                    .put("reason", reason);
            wanted.putObject("parameters")
                    .put(SplitMasterKey.SHARES, Integer.toString(shares))
                    .put(SplitMasterKey.THRESHOLD, Integer.toString(threshold))
                    .put(
                            SplitMasterKey.DIRECTORY,
                            out.toAbsolutePath().normalize().toString());
            ActsCommand.print(console.post("/api/acts", wanted), json);
        });
    }

    @Command(
            name = "combine",
            mixinStandardHelpOptions = true,
            description = {
                "Makes the master key again, as HOME/keys/master.key, where that is missing and no appliance runs. A share",
                "that was mistyped or is of another set is named; a key that does not open what is in the home is not",
                "written."
            },
            footer = {"", "Example: deploy/cartulary escrow combine share-1.txt share-4.txt share-5.txt"})
    int combine(
            @Mixin HomeOption home,
            @Option(
                            names = "--dry-run",
                            description =
                                    "Only say whether they make this home's key; for practice, also while it runs.")
                    boolean dryRun,
            @Parameters(arity = "1..*", paramLabel = "FILE", description = "A share, as split wrote it or as typed in.")
                    List<Path> files) {
        Path directory = home.directory();
        List<ShareFile> shares = files.stream().map(EscrowCommand::read).toList();
        Escrow.Fit fit = dryRun ? Escrow.check(directory, shares) : Escrow.restore(directory, shares);
        Terminal.line(
                switch (fit) {
                    case OPENS -> "The shares make the key of this home: it opens what is there.";
                    case NOTHING_TO_OPEN ->
                        "The shares make a key; this home has nothing yet that could show whether it"
                                + " is the right one.";
                });
        if (!dryRun) {
            Terminal.line("Written: " + directory.resolve("keys").resolve("master.key"));
        }
        return 0;
    }

    private static ShareFile read(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new CommandFailed(file + " is too long for a share");
            }
            return new ShareFile(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new CommandFailed("The share " + file + " cannot be read: " + e.getMessage());
        }
    }
}

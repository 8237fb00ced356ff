package org.cartulary.appliance.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.cartulary.appliance.restore.Credential;
import org.cartulary.appliance.restore.Restoring;
import org.cartulary.appliance.restore.Restoring.Report;
import org.cartulary.appliance.restore.Restoring.Wanted;
import org.cartulary.appliance.wiring.StoppedHome;
import org.cartulary.compliance.evidence.RestorePlan;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "restore",
        description = {
            "Brings an older copy of the database back to the published log in HOME/log, where no newer copy is left. Stop the",
            "appliance, put the copy in place, and leave HOME/log, HOME/keys and HOME/originals as they are: they are the newest.",
            "Entries come back without what was sealed in them; documents that were deleted since are deleted again; changes of",
            "rights, keys and holds since are lost, so review them before people ask again. Two people decide: an administrator and a",
            "compliance officer, each with an API key that the copy knows, or with password and authenticator. See",
            "compliance/README.md."
        },
        footer = {
            "",
            "Example: deploy/cartulary restore --dry-run",
            "         deploy/cartulary restore --key-file ada.key --key-file olga.key"
                    + " --reason \"The disk of the database died.\" --accept-lost-changes 3 --originals /media/stick"
        })
final class RestoreCommand implements Callable<Integer> {
    private static final int MOST_SHOWN = 1_000;

    @Mixin
    private final HomeOption home = new HomeOption();

    @Option(names = "--dry-run", description = "Only say what would be done and what is lost; takes no keys.")
    private boolean dryRun;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "A file with an API key, readable by its owner only; twice, of two people.")
    private List<Path> keyFiles = List.of();

    @Option(
            names = "--person",
            paramLabel = "NAME",
            description = "Instead of a key: who is asked for password and authenticator code on this terminal.")
    private List<String> people = List.of();

    @Option(names = "--reason", description = "For the record.")
    private String reason = "";

    @Option(
            names = "--accept-lost-changes",
            paramLabel = "N",
            description = "So many changes of rights, accounts, keys and holds are lost, and you know of them.")
    private long changes;

    @Option(
            names = "--originals",
            paramLabel = "DIR",
            description = "Write the originals of lost documents there, in clear, to be fed again.")
    private @Nullable Path originals;

    @Option(names = "--drop-originals", description = "Do without the originals of lost documents.")
    private boolean dropsOriginals;

    @Option(names = "--json", description = "Print one JSON object instead of text.")
    private boolean json;

    @Override
    public Integer call() {
        try (StoppedHome stopped = StoppedHome.hold(home.directory())) {
            boolean begun = stopped.restoring(this::begin);
            if (begun) {
                stopped.startAndStop();
                Terminal.remark(
                        "Done. Review rights, keys, accounts and holds before people ask again: start the appliance"
                                + " where nobody else reaches it, or close the house's network to it, until that is done.");
            }
        }
        return 0;
    }

    /** Whether a start is to go on with it. */
    private boolean begin(Restoring restoring) {
        if (restoring.isUnfinished()) {
            Terminal.remark("A restore was begun and cut short; it is gone on with.");
            return !dryRun;
        }
        if (dryRun) {
            print(restoring.plan());
            return false;
        }
        print(restoring.restore(new Wanted(credentials(), reason, changes, originals, dropsOriginals)));
        return true;
    }

    private List<Credential> credentials() {
        List<Credential> credentials = new ArrayList<>();
        for (Path file : keyFiles) {
            credentials.add(
                    new Credential.Key(file.toString(), KeyFile.read(file).key()));
        }
        for (String person : people) {
            credentials.add(new Credential.Person(
                    person, secret("Password of %s: ", person), secret("Code of %s's authenticator app: ", person)));
        }
        return credentials;
    }

    private static String secret(String prompt, String person) {
        return Optional.ofNullable(System.console())
                .filter(java.io.Console::isTerminal)
                .map(terminal -> new String(terminal.readPassword(prompt, person)))
                .orElseThrow(() ->
                        new CommandFailed("--person asks for a password, and here is no terminal to ask on: call it"
                                + " on one, or give a key by --key-file."));
    }

    private void print(Report report) {
        if (json) {
            Terminal.line(json(report).toString());
        } else {
            lines(report).forEach(Terminal::line);
        }
    }

    private static ObjectNode json(Report report) {
        RestorePlan plan = report.plan();
        ObjectNode node = Console.JSON.createObjectNode();
        node.putObject("database")
                .put("origin", plan.database().origin())
                .put("size", plan.database().size());
        node.putObject("published")
                .put("origin", plan.published().origin())
                .put("size", plan.published().size());
        node.put("entries", plan.entries())
                .put("payloadsLost", plan.payloads())
                .put("payloadsDestroyed", plan.payloadsDestroyed());
        plan.documentsLost()
                .forEach(lost -> node.withArray("documentsLost")
                        .addObject()
                        .put("document", lost.document().toString())
                        .put("collection", lost.collection().toString())
                        .put("addedAt", lost.addedAt().toString())
                        .put("original", report.originals().contains(lost.document())));
        report.documentsGone()
                .forEach(document -> node.withArray("documentsDeletedAgain").add(document.toString()));
        plan.changesLost()
                .forEach(lost -> node.withArray("changesLost")
                        .addObject()
                        .put("type", lost.type().wireName())
                        .put("number", lost.number())
                        .put("time", lost.at().toString()));
        plan.openQuestions().forEach(node.withArray("openQuestions")::add);
        plan.shardsDestroyed().forEach(node.withArray("shardsDestroyed")::add);
        return node;
    }

    private static List<String> lines(Report report) {
        RestorePlan plan = report.plan();
        List<String> lines = new ArrayList<>();
        lines.add("The database ends at entry %d of %s; published are %d of %s."
                .formatted(
                        plan.database().size(),
                        plan.database().origin(),
                        plan.published().size(),
                        plan.published().origin()));
        lines.add("%d entries come back, of which %d lose what was sealed in them; %d of the copy were emptied since."
                .formatted(plan.entries(), plan.payloads(), plan.payloadsDestroyed()));
        lines.add("%d documents of the copy were deleted or replaced since and are deleted again."
                .formatted(report.documentsGone().size()));
        add(lines, report.documentsGone(), UUID::toString);
        lines.add("%d documents were added since and are lost; feed them again (%d originals are still there)."
                .formatted(plan.documentsLost().size(), report.originals().size()));
        add(
                lines,
                plan.documentsLost(),
                lost -> "%s  added %s to the collection %s%s"
                        .formatted(
                                lost.document(),
                                lost.addedAt(),
                                lost.collection(),
                                report.originals().contains(lost.document()) ? "" : "; its original is gone too"));
        lines.add("%d changes of rights, accounts, keys, holds and the like were made since and are lost."
                .formatted(plan.changesLost().size()));
        add(
                lines,
                plan.changesLost(),
                lost -> "%s  %s, number %d".formatted(lost.at(), lost.type().wireName(), lost.number()));
        lines.add("%d questions stay without an end, and are noted as interrupted."
                .formatted(plan.openQuestions().size()));
        lines.add("All sessions and invitations end%s."
                .formatted(
                        plan.anyKeyChanged()
                                ? ", and all API keys, since some may have been revoked"
                                : "; API keys stay, as none was given or revoked since"));
        if (!plan.shardsDestroyed().isEmpty()) {
            lines.add("Destroyed since, and again: the shards " + String.join(", ", plan.shardsDestroyed()));
        }
        return lines;
    }

    private static <T> void add(List<String> lines, List<T> rows, Function<? super T, String> line) {
        rows.stream().limit(MOST_SHOWN).forEach(row -> lines.add("    " + line.apply(row)));
        if (rows.size() > MOST_SHOWN) {
            lines.add("    and %d more: --json lists all".formatted(rows.size() - MOST_SHOWN));
        }
    }
}

package org.cartulary.appliance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.cartulary.appliance.testing.CommandProcess.Outcome;
import org.cartulary.appliance.testing.RestClient;
import org.cartulary.appliance.testing.SharedAppliance;
import org.cartulary.appliance.testing.SharedAppliance.Running;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.evidence.OpenedEntry;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The master key is split by two people and made again by whoever holds enough shares. */
@ExtendWith(SharedAppliance.class)
class EscrowJourneyTest {
    private static final String REASON = "Shares for the new board.";

    @TempDir
    private Path scratch;

    @Test
    void twoPeopleSplitTheKeyAndTheirSharesOpenTheHomeAgain(Running running) throws IOException {
        Path out = Files.createDirectory(scratch.resolve("shares"));
        Outcome byConsole = CommandHere.run(running.home(), split(out));
        assertThat(byConsole.exitCode()).isEqualTo(1);
        assertThat(byConsole.err()).contains("takes two people");

        Outcome asked = as("tess", running.client().token(), running, split(out));
        assertThat(asked.exitCode()).as(asked.err()).isZero();
        String id = RestClient.parsed(asked.out()).path("id").asText();
        assertThat(out).isEmptyDirectory();
        Outcome alone = as("tess", running.client().token(), running, "acts", "approve", id);
        assertThat(alone.exitCode()).isEqualTo(1);
        Outcome approved = as("olga", running.officer().token(), running, "acts", "approve", id);
        assertThat(approved.exitCode()).as(approved.err()).isZero();

        List<Path> shares = listed(out);
        assertThat(shares).hasSize(4);
        for (Path share : shares) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(share)))
                    .isEqualTo("rw-------");
        }
        assertOnRecord(running, shares);
        assertTheyMakeTheKey(running.home(), shares);
    }

    private static void assertOnRecord(Running running, List<Path> shares) throws IOException {
        EvidenceLog log = running.appliance().get(EvidenceLog.class);
        List<OpenedEntry> entries = running.appliance().get(Jdbi.class).inTransaction(handle -> {
            long number = handle.createQuery(
                            "SELECT max(number) FROM compliance.entry WHERE type = 'key-changed' AND payload IS NOT NULL")
                    .mapTo(Long.class)
                    .one();
            return log.opened(handle, number);
        });
        String record = entries.toString();
        assertThat(record).contains("master-key-split", "threshold", "shares");
        for (Path share : shares) {
            List<String> lines = Files.readAllLines(share);
            assertThat(record)
                    .contains(lines.get(1).substring("set ".length()))
                    .doesNotContain(lines.get(4).substring("part ".length(), "part ".length() + 8));
        }
    }

    private void assertTheyMakeTheKey(Path home, List<Path> shares) throws IOException {
        Outcome practised = CommandHere.run(home, combine(shares.subList(1, 3), "--dry-run"));
        assertThat(practised.exitCode()).as(practised.err()).isZero();
        assertThat(practised.out()).contains("make the key of this home");
        Outcome there = CommandHere.run(home, combine(shares));
        assertThat(there.exitCode()).isEqualTo(1);
        assertThat(there.err()).contains("is there already");

        Path lost = scratch.resolve("lost");
        Files.createDirectories(lost);
        copy(home.resolve("keys"), lost.resolve("keys"));
        Files.delete(lost.resolve("keys/master.key"));
        Outcome tooFew = CommandHere.run(lost, combine(shares.subList(0, 1)));
        assertThat(tooFew.exitCode()).isEqualTo(1);
        assertThat(tooFew.err()).contains("wants 2 shares, and 1");
        Files.writeString(shares.get(3), Files.readString(shares.get(3)).replaceFirst("part .", "part g"));
        Outcome bent = CommandHere.run(lost, combine(shares.subList(2, 4)));
        assertThat(bent.err()).contains(shares.get(3).toString());
        Outcome restored = CommandHere.run(lost, combine(List.of(shares.get(2), shares.get(0))));
        assertThat(restored.exitCode()).as(restored.err()).isZero();
        assertThat(lost.resolve("keys/master.key")).hasSameTextualContentAs(home.resolve("keys/master.key"));
    }

    @Test
    void sharesBesideTheKeyAndImpossibleNumbersAreRefused(Running running) {
        Outcome inside = as("tess", running.client().token(), running, split(running.home()));
        assertThat(inside.exitCode()).isEqualTo(1);
        assertThat(inside.err()).contains("not within its home");
        Outcome absent = as("tess", running.client().token(), running, split(scratch.resolve("absent")));
        assertThat(absent.err()).contains("make it first");
        String[] many = split(scratch);
        many[3] = "1";
        assertThat(as("tess", running.client().token(), running, many).err()).contains("such as 3 of 5");
    }

    private static String[] split(Path out) {
        return new String[] {
            "escrow",
            "split",
            "--shares",
            "4",
            "--threshold",
            "2",
            "--out",
            out.toString(),
            "--reason",
            REASON,
            "--json"
        };
    }

    private static String[] combine(List<Path> shares, String... options) {
        List<String> words = new ArrayList<>(List.of("escrow", "combine"));
        words.addAll(List.of(options));
        shares.forEach(share -> words.add(share.toString()));
        return words.toArray(String[]::new);
    }

    private Outcome as(String name, String token, Running running, String... arguments) {
        try {
            Path key = Files.writeString(scratch.resolve(name + ".key"), token);
            Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
            return CommandHere.run(
                    running.home(),
                    Stream.concat(Stream.of(arguments), Stream.of("--key-file", key.toString()))
                            .toArray(String[]::new));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.sorted().toList()) {
                Files.copy(path, to.resolve(from.relativize(path)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static List<Path> listed(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }
}

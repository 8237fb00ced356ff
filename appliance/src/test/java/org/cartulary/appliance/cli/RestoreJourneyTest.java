package org.cartulary.appliance.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.cartulary.appliance.Appliance;
import org.cartulary.appliance.accounts.Accounts;
import org.cartulary.appliance.accounts.ApiKeys;
import org.cartulary.appliance.restore.Credential;
import org.cartulary.appliance.restore.Finishing;
import org.cartulary.appliance.restore.Restoring.Wanted;
import org.cartulary.appliance.testing.CommandProcess.Outcome;
import org.cartulary.appliance.testing.DatabaseCopy;
import org.cartulary.appliance.testing.RestClient;
import org.cartulary.appliance.testing.Staff;
import org.cartulary.appliance.testing.Verifier;
import org.cartulary.appliance.wiring.Modules;
import org.cartulary.appliance.wiring.StoppedHome;
import org.cartulary.compliance.Authority;
import org.cartulary.compliance.evidence.EntrySummary;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.evidence.EvidenceUnavailable;
import org.cartulary.compliance.evidence.Restoration;
import org.cartulary.compliance.evidence.RestoreRefused;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.people.Identity;
import org.cartulary.compliance.people.Role;
import org.cartulary.compliance.policy.PolicyChange;
import org.cartulary.retrieval.catalog.Catalog;
import org.cartulary.retrieval.catalog.DocumentWriter;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody puts an older copy of the database in place, and two people bring it back to what is published. */
class RestoreJourneyTest {
    private static final String KEPT = "The spare key of the boiler room hangs in the porter's lodge, on hook 14.";
    private static final String DELETED = "The pharmacy's cabinet is opened with the code word zanzibar.";
    private static final String REPLACED = "The code of the lift is quagga 1188.";
    private static final String ADDED = "Visitors leave their umbrellas in the blue stand beside the door.";
    private static final String QUESTION = "Where does the spare key of the boiler room hang?";
    private static final String REASON = "The disk of the database died.";

    @TempDir
    private Path home;

    @TempDir
    private Path scratch;

    private final List<Path> receipts = new ArrayList<>();
    private String ada = "";
    private String olga = "";
    private String secret = "";
    private String deleted = "";
    private String replaced = "";
    private String added = "";
    private List<String> lost = List.of();

    @Test
    void whatIsPublishedComesBackAndWhatWasDeletedStaysDeleted() throws IOException {
        DatabaseCopy copy;
        try (Appliance appliance = Appliance.startForConsole(home)) {
            copy = copiedInBetween(appliance);
        }
        copy.putBack();
        assertThatExceptionOfType(EvidenceUnavailable.class)
                .isThrownBy(() -> Appliance.startForConsole(home))
                .withMessageContaining("old copy of the database")
                .withMessageContaining("cartulary restore");
        JsonNode plan = dryRun();
        String changes = Integer.toString(plan.path("changesLost").size());
        assertRefused(
                restore("--key-file", ada, "--key-file", olga, "--accept-lost-changes", changes), "--originals DIR");
        passwordsDoAsWell();
        Path originals = Files.createDirectory(scratch.resolve("originals"));
        Outcome restored = restore(
                "--key-file",
                olga,
                "--key-file",
                ada,
                "--accept-lost-changes",
                changes,
                "--originals",
                originals.toString());
        assertThat(restored.exitCode()).as(restored.err()).isZero();
        assertThat(restored.err()).contains("Review rights");
        assertThat(originals.resolve(added)).hasContent(ADDED);

        try (Appliance appliance = Appliance.startForConsole(home)) {
            afterwards(appliance);
        }
        assertThat(Verifier.run("fsck", home.resolve("log"), "--key", Verifier.key(home)))
                .isZero();
        verifyReceipts();
    }

    /** What happens before a copy is made and after it. */
    private DatabaseCopy copiedInBetween(Appliance appliance) throws IOException {
        Staff staff = new Staff(appliance);
        ada = keyFile("ada", staff.key(staff.person("ada", Role.ADMINISTRATOR)));
        olga = keyFile("olga", staff.key(staff.person("olga", Role.COMPLIANCE_OFFICER)));
        Identity rita = staff.person("rita", Role.READER);
        withPassword(appliance, staff.person("nina", Role.READER));
        ingest(Map.of("kept.txt", KEPT, "deleted.txt", DELETED, "replaced.txt", REPLACED));
        done("grants", "give", "ward", "read", "rita");
        deleted = id(appliance, "deleted.txt");
        replaced = id(appliance, "replaced.txt");
        ask();

        DatabaseCopy copy = DatabaseCopy.of(home, appliance.get(Jdbi.class), scratch);

        assertThat(appliance.get(DocumentWriter.class).delete(UUID.fromString(deleted), Principal.CONSOLE))
                .isTrue();
        ingest(Map.of("replaced.txt", "The code of the lift was changed.", "added.txt", ADDED));
        added = id(appliance, "added.txt");
        lost = List.of(id(appliance, "replaced.txt"), added);
        ask();
        done("grants", "take", "ward", "read", "rita");
        assertThat(staff.key(rita)).isNotEmpty();
        assertThat(original(deleted)).isEmpty();
        return copy;
    }

    /** An administrator without a key. */
    private void withPassword(Appliance appliance, Identity person) {
        Accounts accounts = appliance.get(Accounts.class);
        secret = accounts.beginSecondFactor(person).orElseThrow().secret();
        assertThat(accounts.confirmSecondFactor(person, Staff.code(secret, Instant.now())))
                .isInstanceOf(Accounts.Outcome.Done.class);
        appliance
                .get(Jdbi.class)
                .useTransaction(handle -> assertThat(appliance
                                .get(Authority.class)
                                .roles()
                                .give(handle, Principal.CONSOLE, Role.ADMINISTRATOR, person))
                        .isInstanceOf(PolicyChange.Made.class));
    }

    private void passwordsDoAsWell() throws IOException {
        Credential olgas = new Credential.Key("olga.key", Files.readString(Path.of(olga)));
        // The code of now was used when the second factor was set up; that of the next half minute counts already.
        String code = Staff.code(secret, Instant.now().plusSeconds(30));
        try (StoppedHome stopped = StoppedHome.hold(home)) {
            Function<String, Wanted> by = password ->
                    new Wanted(List.of(new Credential.Person("nina", password, code), olgas), REASON, 0, null, false);
            stopped.restoring(restoring -> {
                assertThatExceptionOfType(RestoreRefused.class)
                        .isThrownBy(() -> restoring.restore(by.apply("three lamps")))
                        .withMessageContaining("Password or code of nina");
                assertThatExceptionOfType(RestoreRefused.class)
                        .isThrownBy(() -> restoring.restore(by.apply(Staff.PASSWORD)))
                        .withMessageContaining("--accept-lost-changes");
                return restoring;
            });
        }
    }

    private void ingest(Map<String, String> files) throws IOException {
        Path folder = Files.createTempDirectory(scratch, "in");
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
        done("ingest", folder.toString(), "--collection", "ward");
    }

    private static String id(Appliance appliance, String path) {
        Catalog catalog = appliance.get(Catalog.class);
        return catalog.findByPath(catalog.find("ward").orElseThrow().id(), path)
                .orElseThrow()
                .id()
                .toString();
    }

    private void ask() {
        JsonNode answer = RestClient.parsed(done("ask", QUESTION, "--collection", "ward", "--json"));
        assertThat(answer.path("outcome").asText()).as(answer.toString()).isEqualTo("answered");
        receipts.add(Path.of(answer.path("receipt").asText()));
    }

    private String done(String... command) {
        Outcome outcome = CommandHere.run(home, command);
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        return outcome.out();
    }

    private String keyFile(String name, String key) throws IOException {
        Path file = Files.writeString(scratch.resolve(name + ".key"), key);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file.toString();
    }

    private List<Path> original(String document) throws IOException {
        try (Stream<Path> files = Files.walk(home.resolve("originals"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(document))
                    .toList();
        }
    }

    private JsonNode dryRun() {
        Outcome planned = CommandHere.run(home, "restore", "--dry-run", "--json");
        assertThat(planned.exitCode()).as(planned.err()).isZero();
        JsonNode plan = RestClient.parsed(planned.out());
        List<String> again = new ArrayList<>();
        plan.path("documentsDeletedAgain").forEach(document -> again.add(document.asText()));
        assertThat(again).containsExactlyInAnyOrder(deleted, replaced);
        assertThat(plan.path("documentsLost").findValuesAsText("document")).containsExactlyInAnyOrderElementsOf(lost);
        assertThat(plan.at("/documentsLost/0/original").asBoolean()).isTrue();
        assertThat(plan.path("changesLost").findValuesAsText("type")).contains("rights-changed", "key-changed");
        assertThat(plan.at("/database/size").asLong())
                .isLessThan(plan.at("/published/size").asLong());
        return plan;
    }

    private Outcome restore(String... options) {
        return CommandHere.run(
                home,
                Stream.concat(Stream.of("restore", "--reason", REASON), Stream.of(options))
                        .toArray(String[]::new));
    }

    private static void assertRefused(Outcome outcome, String words) {
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains(words);
    }

    private void afterwards(Appliance appliance) throws IOException {
        assertThat(appliance.get(ApiKeys.class).holder(Files.readString(Path.of(ada))))
                .isEmpty();
        assertThat(done("search", "zanzibar quagga code", "--collection", "ward", "--json"))
                .contains("kept.txt")
                .doesNotContain("zanzibar", "quagga");
        assertThat(CommandHere.run(home, "documents", "show", deleted).exitCode())
                .isEqualTo(1);
        assertThat(original(deleted)).isEmpty();
        assertThat(original(added)).isEmpty();
        assertThat(done("grants", "list", "ward")).as("lost, as was said").contains("rita");
        ask();
        assertThat(appliance.get(EvidenceLog.class).entries(0, 6))
                .extracting(EntrySummary::type)
                .containsExactly(
                        EntryType.SHARD_OPENED,
                        EntryType.ACT_REQUESTED,
                        EntryType.RESTORED,
                        EntryType.ACT_EXECUTED,
                        EntryType.DOCUMENT_DELETED,
                        EntryType.DOCUMENT_DELETED);
        assertThat(done("acts", "list", "--all", "--json")).contains("\"restore\"", "executed", REASON);
        finishAgain(appliance);
    }

    /** As after a kill just before it was noted that all is done: nothing is done twice. */
    private static void finishAgain(Appliance appliance) {
        Modules modules = appliance.get(Modules.class);
        Jdbi jdbi = modules.database().jdbi();
        jdbi.useHandle(handle -> handle.execute("UPDATE compliance.restoration SET finished_at = NULL"));
        long before = modules.evidence().status().size();
        new Finishing(
                        jdbi,
                        modules.evidence(),
                        modules.witnesses(),
                        modules.retrieval().writer(),
                        modules.keys(),
                        Clock.systemUTC())
                .run();
        assertThat(jdbi.withHandle(Restoration::unfinished)).isEmpty();
        assertThat(modules.evidence().status().size()).isEqualTo(before);
    }

    /** Those of before verify by the key of before, which lies beside the shard that was closed. */
    private void verifyReceipts() throws IOException {
        try (Stream<Path> shards = Files.list(home.resolve("log"))) {
            Path closed = shards.filter(shard -> Files.exists(shard.resolve("log.vkey")))
                    .findFirst()
                    .orElseThrow();
            for (Path receipt : receipts.subList(0, 2)) {
                assertThat(verified(receipt, closed)).isZero();
            }
            assertThat(verified(receipts.getLast(), home.resolve("log"))).isZero();
        }
    }

    private static int verified(Path receipt, Path shard) {
        String name = receipt.getFileName().toString().replaceFirst("[.].*", ".json");
        return Verifier.run(
                "verify-receipt",
                receipt,
                "--record",
                receipt.resolveSibling(name),
                "--key",
                shard.resolve("log.vkey"));
    }
}

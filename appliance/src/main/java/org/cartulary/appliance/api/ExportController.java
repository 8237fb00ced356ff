package org.cartulary.appliance.api;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.server.types.files.StreamedFile;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.authentication.Authentication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.cartulary.appliance.access.CalledBy;
import org.cartulary.appliance.access.Caller;
import org.cartulary.appliance.access.Refused;
import org.cartulary.appliance.accounts.Scope;
import org.cartulary.appliance.audit.Exporting;
import org.cartulary.compliance.bundle.BundleExporter;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.evidence.Selection;
import org.cartulary.compliance.evidence.Shard;
import org.cartulary.compliance.evidence.Wanted;
import org.cartulary.compliance.people.Role;
import org.jspecify.annotations.Nullable;

/** Bundles of evidence for strangers. */
@Controller("/api/audit")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ExportController {
    private static final int MAX_INDEX_DIGITS = 15;

    private final EvidenceLog log;
    private final Exporting exporting;

    ExportController(EvidenceLog log, Exporting exporting) {
        this.log = log;
        this.exporting = exporting;
    }

    /**
     * A bundle for a verifier that has none of our code, of all entries or of some; a question comes with all of its entries. Of
     * what is not asked for only that it is there is shown. The export is itself an entry.
     *
     * @param from first tree index; or first time, an instant or a day in UTC, at which something was begun
     * @param to one past the last tree index; or before which time
     * @param number of one question or act
     * @param actor pseudonym
     * @param document id of one that was found, shown, or came and went
     * @param reference of a case, as it was stated
     * @param outcome how a question ended, such as answered or abstained
     * @param model SHA-256 of the file of the model that answered
     * @param shard by its name; the open one where it is left out
     * @param witnessed whether the bundle has to end at the last checkpoint that a quorum of witnesses signed; where that covers
     *     what is asked for, it does anyway
     */
    @CalledBy(value = Role.COMPLIANCE_OFFICER, scopes = Scope.AUDIT)
    @Post(value = "/export", produces = "application/zip")
    StreamedFile export(
            @Nullable @QueryValue String from,
            @Nullable @QueryValue String to,
            @Nullable @QueryValue Long number,
            @Nullable @QueryValue String actor,
            @Nullable @QueryValue String document,
            @Nullable @QueryValue String reference,
            @Nullable @QueryValue String outcome,
            @Nullable @QueryValue String model,
            @Nullable @QueryValue String shard,
            @QueryValue(defaultValue = "false") boolean witnessed,
            Authentication caller)
            throws IOException {
        requireShard(shard);
        Selection selection = new Selection(
                index(from),
                index(to),
                number,
                new Wanted(
                        time(from, "from"),
                        time(to, "to"),
                        actor,
                        EvidenceQuery.outcome(outcome),
                        document,
                        reference,
                        model,
                        false));
        Path bundle = exporting.export(
                Caller.of(caller).principal(),
                shard,
                selection,
                witnessed ? BundleExporter.End.WITNESSED : BundleExporter.End.WITNESSED_WHERE_ENOUGH);
        return new StreamedFile(
                        Files.newInputStream(bundle, StandardOpenOption.DELETE_ON_CLOSE),
                        MediaType.of("application/zip"))
                .attach("evidence.zip");
    }

    private void requireShard(@Nullable String shard) {
        if (shard != null && log.shards().stream().map(Shard::name).noneMatch(shard::equals)) {
            throw new Refused(
                    HttpStatus.NOT_FOUND,
                    "The log has no shard \"" + shard + "\"; it has "
                            + String.join(
                                    ", ", log.shards().stream().map(Shard::name).toList()) + ".",
                    "shard",
                    null);
        }
    }

    private static boolean isIndex(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_INDEX_DIGITS
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static @Nullable Long index(@Nullable String text) {
        return text != null && isIndex(text) ? Long.valueOf(text) : null;
    }

    private static @Nullable Instant time(@Nullable String text, String parameter) {
        return text == null || isIndex(text) ? null : EvidenceQuery.time(text, parameter, "a tree index, nor ");
    }
}

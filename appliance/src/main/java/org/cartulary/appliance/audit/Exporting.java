package org.cartulary.appliance.audit;

import io.micronaut.http.HttpStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.cartulary.appliance.access.Refused;
import org.cartulary.compliance.bundle.BundleExporter;
import org.cartulary.compliance.evidence.EntryDraft;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.evidence.PublishedLog;
import org.cartulary.compliance.identity.Principal;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Writes bundles. An export is an entry of its own, on record before the first byte leaves. Thread-safe. */
public final class Exporting {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Jdbi jdbi;
    private final EvidenceLog log;
    private final BundleExporter exporter;
    private final Path workDirectory;

    /**
     * @param workDirectory holds bundles until they have been sent; only its owner may enter it
     */
    public Exporting(Jdbi jdbi, EvidenceLog log, BundleExporter exporter, Path workDirectory) {
        this.jdbi = jdbi;
        this.log = log;
        this.exporter = exporter;
        this.workDirectory = workDirectory;
    }

    /**
     * Entries of a shard.
     *
     * @param shard by its name, or null for the open one
     * @param from first tree index, or null for the first entry
     * @param to one past the last tree index, or null for the end of the published tree
     */
    public record Range(
            @Nullable String shard,
            @Nullable Long from,
            @Nullable Long to) {
        private String words() {
            return (shard == null ? "" : shard + " ") + (from == null ? "0" : from) + "-" + (to == null ? "" : to);
        }
    }

    /**
     * A bundle of entries; of the open shard, up to this call's own entry where no end is given.
     *
     * @return a file that the caller deletes
     * @throws Refused where that is no range of published entries, or too many at a time
     */
    public Path export(Principal by, Range range) {
        long entry = jdbi.inTransaction(handle -> log.append(
                handle,
                new EntryDraft(
                        EntryType.EVIDENCE_EXPORTED,
                        log.nextNumber(handle),
                        by,
                        new TreeMap<>(),
                        new TreeMap<>(Map.of("range", range.words())))));
        log.receipt(entry, PATIENCE);
        PublishedLog published = range.shard() == null ? log.published() : log.published(range.shard());
        long size = published.checkpoint().size();
        long first = range.from() == null ? 0 : range.from();
        long end = range.to() == null ? size : range.to();
        if (first < 0 || end < first || end > size || end - first > BundleExporter.MAX_ENTRIES) {
            throw new Refused(
                    HttpStatus.BAD_REQUEST,
                    "A bundle holds at most " + BundleExporter.MAX_ENTRIES + " entries of the " + size
                            + " published ones, but was asked for " + first + " up to, not with, " + end
                            + ": choose a range (--from and --to).");
        }
        return written(published, first, end);
    }

    private Path written(PublishedLog published, long first, long end) {
        try {
            Path bundle = Files.createTempFile(workDirectory, "evidence-", ".zip");
            try {
                exporter.export(bundle, published, first, end);
                return bundle;
            } catch (RuntimeException e) {
                Files.deleteIfExists(bundle);
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The bundle could not be written in " + workDirectory, e);
        }
    }
}

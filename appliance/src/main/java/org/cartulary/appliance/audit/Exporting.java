package org.cartulary.appliance.audit;

import io.micronaut.http.HttpStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cartulary.appliance.access.Refused;
import org.cartulary.compliance.bundle.BundleExporter;
import org.cartulary.compliance.evidence.EntryDraft;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.evidence.Selection;
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
     * A bundle of what is asked for; of the open shard, up to this call's own entry where no end is given.
     *
     * @param shard by its name, or null for the open one
     * @return a file that the caller deletes
     * @throws Refused where that is no range of published entries, too many at a time, or not witnessed as it should be
     */
    public Path export(Principal by, @Nullable String shard, Selection selection, BundleExporter.End end) {
        SortedMap<String, String> words = selection.words();
        if (shard != null) {
            words.put("shard", shard);
        }
        if (end == BundleExporter.End.WITNESSED) {
            words.put("witnessed", "yes");
        }
        long entry = jdbi.inTransaction(handle -> log.append(
                handle,
                new EntryDraft(
                        EntryType.EVIDENCE_EXPORTED,
                        log.nextNumber(handle),
                        by,
                        new TreeMap<>(),
                        new TreeMap<>(Map.of("selection", words)))));
        log.receipt(entry, PATIENCE);
        try {
            Path bundle = Files.createTempFile(workDirectory, "evidence-", ".zip");
            try {
                exporter.export(bundle, shard, selection, end);
                return bundle;
            } catch (RuntimeException e) {
                Files.deleteIfExists(bundle);
                throw e;
            }
        } catch (IllegalArgumentException e) {
            throw new Refused(HttpStatus.BAD_REQUEST, e.getMessage() + ".");
        } catch (IOException e) {
            throw new UncheckedIOException("The bundle could not be written in " + workDirectory, e);
        }
    }
}

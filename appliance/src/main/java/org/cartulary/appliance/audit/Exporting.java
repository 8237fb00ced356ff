package org.cartulary.appliance.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.cartulary.compliance.bundle.BundleExporter;
import org.cartulary.compliance.evidence.EntryDraft;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.identity.Principal;
import org.jdbi.v3.core.Jdbi;

/** Writes bundles. An export is an entry of its own, on record before the first byte leaves. Thread-safe. */
public final class Exporting {
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

    /** A bundle of every entry that the checkpoint after this call's own entry covers. The caller deletes the file. */
    public Path export(Principal by) {
        jdbi.useTransaction(handle -> log.append(
                handle,
                new EntryDraft(
                        EntryType.EVIDENCE_EXPORTED,
                        log.nextNumber(handle),
                        by,
                        new TreeMap<>(),
                        new TreeMap<>(Map.of("range", "all")))));
        try {
            Path bundle = Files.createTempFile(workDirectory, "evidence-", ".zip");
            exporter.export(bundle, 0, log.status().size());
            return bundle;
        } catch (IOException e) {
            throw new UncheckedIOException("The bundle could not be written in " + workDirectory, e);
        }
    }
}

package org.cartulary.compliance.bundle;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import org.cartulary.compliance.durable.DurableFiles;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.evidence.PublishedLog;

/**
 * Exports entries as a bundle: the tree at the published checkpoint, a proof and the disclosed record of each entry, and
 * a signed manifest. Thread-safe.
 */
public final class BundleExporter {
    /** The most entries that one bundle discloses; a longer range goes into several. */
    public static final long MAX_ENTRIES = 250_000;

    private final EvidenceLog log;
    private final Clock clock;

    public BundleExporter(EvidenceLog log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    /**
     * Writes a bundle as a file that only its owner may read; an older file of that name is replaced when the new one is
     * whole and durable.
     *
     * @param published a shard of the log
     * @param fromIndex first entry
     * @param toIndex one past the last entry; at most the size of the published tree
     * @throws IllegalArgumentException where that is no range of published entries, or more than {@link #MAX_ENTRIES}
     * @throws UncheckedIOException where a tile cannot be read or the file cannot be written
     */
    public void export(Path zip, PublishedLog published, long fromIndex, long toIndex) {
        Bundle bundle = bundle(published, fromIndex, toIndex);
        try {
            DurableFiles.streamSecret(zip, out -> write(bundle, out));
        } catch (IOException e) {
            throw new UncheckedIOException("The bundle " + zip + " could not be written", e);
        }
    }

    /** As {@link #export(Path, PublishedLog, long, long)}, of the open shard. */
    public void export(Path zip, long fromIndex, long toIndex) {
        export(zip, log.published(), fromIndex, toIndex);
    }

    /** As {@link #export(Path, long, long)}, to a stream, which stays open. */
    public void export(OutputStream out, long fromIndex, long toIndex) {
        try {
            write(bundle(log.published(), fromIndex, toIndex), out);
        } catch (IOException e) {
            throw new UncheckedIOException("The bundle could not be written", e);
        }
    }

    private Bundle bundle(PublishedLog published, long fromIndex, long toIndex) {
        long size = published.checkpoint().size();
        if (fromIndex < 0 || toIndex < fromIndex || toIndex > size || toIndex - fromIndex > MAX_ENTRIES) {
            throw new IllegalArgumentException("A bundle holds entries from one index up to another, at most "
                    + MAX_ENTRIES + " of the " + size + " published ones, but was asked for " + fromIndex + " to "
                    + toIndex);
        }
        return new Bundle(published, fromIndex, toIndex, clock.instant());
    }

    private static void write(Bundle bundle, OutputStream out) throws IOException {
        BufferedOutputStream buffered = new BufferedOutputStream(out, 1 << 16);
        CanonicalZip zip = new CanonicalZip(buffered);
        byte[] manifest = bundle.manifest();
        for (BundleFile file : bundle.files(manifest)) {
            zip.add(file.name(), file.content().bytes());
        }
        zip.finish();
        buffered.flush();
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

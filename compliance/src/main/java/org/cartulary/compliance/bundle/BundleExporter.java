package org.cartulary.compliance.bundle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Optional;
import java.util.SortedMap;
import org.cartulary.compliance.durable.DurableFiles;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.evidence.IndexRanges;
import org.cartulary.compliance.evidence.PublishedLog;
import org.cartulary.compliance.evidence.Selection;
import org.jspecify.annotations.Nullable;

/**
 * Exports entries as a bundle: the tree at a published checkpoint, a proof and the disclosed record of each entry, what people
 * read of them, and a signed manifest. Memory does not grow with the number of entries, but for a bit an entry of the log
 * where anything but a range is asked for, and a range for each place. Thread-safe.
 */
public final class BundleExporter {
    /** The most entries that one bundle discloses; what is more goes into several. */
    public static final long MAX_ENTRIES = 10_000_000;

    private final EvidenceLog log;
    private final Clock clock;
    private final BundleExtras extras;

    public BundleExporter(EvidenceLog log, Clock clock) {
        this(log, clock, BundleExtras.NONE);
    }

    public BundleExporter(EvidenceLog log, Clock clock, BundleExtras extras) {
        this.log = log;
        this.clock = clock;
        this.extras = extras;
    }

    /** Whether a bundle ends at the last checkpoint that a quorum of witnesses signed, and carries their signatures. */
    public enum End {
        /** It must. */
        WITNESSED,
        /** Where that covers all that was asked for. */
        WITNESSED_WHERE_ENOUGH
    }

    /**
     * Writes a bundle as a file that only its owner may read; an older file of that name is replaced when the new one is
     * whole and durable.
     *
     * @param shard by its name; null for the open one
     * @throws IllegalArgumentException where what is asked for is no range of published entries, is more than {@link
     *     #MAX_ENTRIES}, lies in too many places, or is to be witnessed and is not
     * @throws UncheckedIOException where a tile cannot be read or the file cannot be written
     */
    public void export(Path zip, @Nullable String shard, Selection selection, End end) {
        String name = shard == null ? log.shard().name() : shard;
        Optional<PublishedLog> witnessed = log.witnessed(name);
        PublishedLog published = log.published(name);
        if (end == End.WITNESSED) {
            published = witnessed.orElseThrow(() -> new IllegalArgumentException(
                    "No checkpoint of shard " + name + " was signed by a quorum of witnesses: ask them first"));
        }
        IndexRanges disclosed = log.select(published, selection);
        if (witnessed.isPresent()
                && disclosed.end() <= witnessed.get().checkpoint().size()) {
            published = witnessed.get();
        }
        SortedMap<String, String> words = selection.words();
        if (shard != null) {
            words.put("shard", shard);
        }
        if (end == End.WITNESSED) {
            words.put("witnessed", "yes");
        }
        write(zip, published, disclosed, words);
    }

    /** Writes entries from one index of the open shard up to, not with, another, against the newest checkpoint. */
    public void export(Path zip, long fromIndex, long toIndex) {
        export(zip, log.published(), fromIndex, toIndex);
    }

    /** As {@link #export(Path, long, long)}, of any shard. */
    public void export(Path zip, PublishedLog published, long fromIndex, long toIndex) {
        Selection selection = Selection.range(fromIndex, toIndex);
        write(zip, published, log.select(published, selection), selection.words());
    }

    private void write(Path zip, PublishedLog published, IndexRanges disclosed, SortedMap<String, String> words) {
        if (disclosed.count() > MAX_ENTRIES) {
            throw new IllegalArgumentException("A bundle discloses at most " + MAX_ENTRIES
                    + " entries, but was asked for " + disclosed.count() + ": choose less, such as a range");
        }
        Bundle bundle = new Bundle(published, disclosed, words, clock.instant(), extras);
        try {
            DurableFiles.buildSecret(zip, out -> write(bundle, out, zip));
        } catch (IOException e) {
            throw new UncheckedIOException("The bundle " + zip + " could not be written: " + e.getMessage(), e);
        }
    }

    private static void write(Bundle bundle, FileChannel out, Path zip) throws IOException {
        Path spool = Files.createTempFile(
                zip.toAbsolutePath().getParent(),
                "." + zip.getFileName(),
                ".directory",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (FileChannel directory = FileChannel.open(
                spool, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)) {
            bundle.writeTo(new CanonicalZip(out, directory));
        }
    }
}

package org.cartulary.verifier.bundle;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.cartulary.verifier.log.LogFiles;
import org.cartulary.verifier.log.TilePath;
import org.cartulary.verifier.report.CheckFailed;
import org.cartulary.verifier.zip.CanonicalZip;

/** The files of a bundle by name, copied to the heap one at a time, each with a stated longest size. Thread-safe. */
record BundleFiles(CanonicalZip zip) implements LogFiles {
    static final String MANIFEST = "manifest.json";
    static final String MANIFEST_NOTE = "manifest.note";
    static final String MANIFEST_CMS = "manifest.p7s";
    static final String CHECKPOINT = "log/checkpoint";
    static final String READ_ME = "VERIFY.md";
    static final String LOG = "log/";

    /** The position of a file that is not there. */
    static final int MISSING = -1;

    /** Whether a file is the manifest or signs it, and so has no hash in it. */
    static boolean isManifest(String name) {
        return name.equals(MANIFEST) || name.equals(MANIFEST_NOTE) || name.equals(MANIFEST_CMS);
    }

    static String receipt(long index) {
        return "receipts/" + index + ".tlog-proof";
    }

    static String record(long index) {
        return "records/" + index + ".json";
    }

    @Override
    public byte[] read(TilePath tile) {
        return read(LOG + tile.path(), MAX_TILE_BYTES);
    }

    byte[] read(String name, int maxBytes) {
        return read(zip.find(name).orElse(MISSING), name, maxBytes);
    }

    /** As {@link #read(String, int)}, where the position of the file in the zip is known; {@link #MISSING} where none is. */
    byte[] read(int file, String name, int maxBytes) {
        MemorySegment content = content(file, name, maxBytes);
        byte[] copy = new byte[(int) content.byteSize()];
        MemorySegment.copy(content, ValueLayout.JAVA_BYTE, 0, copy, 0, copy.length);
        return copy;
    }

    /** A file where it lies, not copied. */
    MemorySegment content(String name, int maxBytes) {
        return content(zip.find(name).orElse(MISSING), name, maxBytes);
    }

    private MemorySegment content(int file, String name, int maxBytes) {
        if (file == MISSING) {
            throw new CheckFailed(name, "this file in the bundle", "none");
        }
        MemorySegment content = zip.content(file);
        if (content.byteSize() > maxBytes) {
            throw new CheckFailed(name, "at most " + maxBytes + " bytes", content.byteSize() + " bytes");
        }
        return content;
    }
}

package org.cartulary.verifier.bundle;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.OptionalInt;
import org.cartulary.verifier.log.LogFiles;
import org.cartulary.verifier.log.TilePath;
import org.cartulary.verifier.report.CheckFailed;
import org.cartulary.verifier.zip.CanonicalZip;

/** The files of a bundle by name, copied to the heap one at a time, each with a stated longest size. Thread-safe. */
record BundleFiles(CanonicalZip zip) implements LogFiles {
    static final String MANIFEST = "manifest.json";
    static final String MANIFEST_NOTE = "manifest.note";
    static final String CHECKPOINT = "log/checkpoint";
    static final String READ_ME = "VERIFY.md";
    static final String LOG = "log/";

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
        OptionalInt file = zip.find(name);
        if (file.isEmpty()) {
            throw new CheckFailed(name, "this file in the bundle", "none");
        }
        MemorySegment content = zip.content(file.getAsInt());
        if (content.byteSize() > maxBytes) {
            throw new CheckFailed(name, "at most " + maxBytes + " bytes", content.byteSize() + " bytes");
        }
        return content.toArray(ValueLayout.JAVA_BYTE);
    }
}

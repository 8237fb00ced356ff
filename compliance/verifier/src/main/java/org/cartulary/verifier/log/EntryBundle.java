package org.cartulary.verifier.log;

import org.cartulary.verifier.report.CheckFailed;

/**
 * Leaves of up to 256 consecutive entries, each behind its length in two bytes, big-endian.
 *
 * @param bytes the bundle
 * @param starts where each leaf starts, and behind the last its end plus two
 */
@SuppressWarnings("ArrayRecordComponent") // bytes as they lie in files: never changed, never compared as a record
record EntryBundle(byte[] bytes, int[] starts) {
    private static final int LENGTH_BYTES = 2;

    /** Splits a bundle that must hold exactly {@code width} leaves. */
    static EntryBundle split(byte[] bytes, int width, String where) {
        EntryBundle bundle = first(bytes, width, where);
        if (bundle.end(width - 1) != bytes.length) {
            throw new CheckFailed(
                    where, width + " entries", (bytes.length - bundle.end(width - 1)) + " bytes after them");
        }
        return bundle;
    }

    /** Splits the first {@code width} leaves off. */
    static EntryBundle first(byte[] bytes, int width, String where) {
        int[] starts = new int[width + 1];
        int at = 0;
        for (int i = 0; i < width; i++) {
            int length = at + LENGTH_BYTES <= bytes.length ? lengthAt(bytes, at) : bytes.length;
            if (at + LENGTH_BYTES + length > bytes.length) {
                throw new CheckFailed(where, width + " entries", "the end of the file in entry " + i + " of it");
            }
            starts[i] = at + LENGTH_BYTES;
            at += LENGTH_BYTES + length;
        }
        starts[width] = at + LENGTH_BYTES;
        return new EntryBundle(bytes, starts);
    }

    int start(int entry) {
        return starts[entry];
    }

    int end(int entry) {
        return starts[entry + 1] - LENGTH_BYTES;
    }

    private static int lengthAt(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
    }
}

package org.cartulary.verifier.bundle;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.IntConsumer;
import java.util.zip.CRC32;
import org.cartulary.verifier.report.Check;
import org.cartulary.verifier.tree.Sha256;
import org.cartulary.verifier.work.OrderedWork;
import org.cartulary.verifier.zip.CanonicalZip;

/** Compares the content of every file with its CRC-32 in the zip and its SHA-256 in the manifest. */
final class FileChecks {
    private static final int FILES_PER_PIECE = 64;
    private static final int CHUNK_BYTES = 1 << 16;

    private final CanonicalZip zip;
    private final OrderedWork work;

    FileChecks(CanonicalZip zip, OrderedWork work) {
        this.zip = zip;
        this.work = work;
    }

    void checksums(Check check) {
        forEachFile(file -> {
            int found = crc(zip.content(file));
            if (found == zip.crc(file)) {
                check.hold();
            } else {
                check.fail(
                        zip.name(file), "CRC-32 %08x as in the zip".formatted(zip.crc(file)), "%08x".formatted(found));
            }
        });
    }

    /** Files without a listed hash are passed over: that they have none was recorded when the manifest was read. */
    void hashes(Manifest manifest, Check check) {
        forEachFile(file -> {
            if (manifest.hashAt()[file] == 0) {
                return;
            }
            byte[] listed = manifest.listedHash(file);
            String found = HexFormat.of().formatHex(Sha256.ofThread().of(zip.content(file)));
            if (Arrays.equals(listed, found.getBytes(StandardCharsets.US_ASCII))) {
                check.hold();
            } else {
                String expected = new String(listed, StandardCharsets.US_ASCII);
                check.fail(zip.name(file), "SHA-256 " + expected + " as in the manifest", found);
            }
        });
    }

    private void forEachFile(IntConsumer action) {
        long pieces = (zip.count() + FILES_PER_PIECE - 1L) / FILES_PER_PIECE;
        work.run(
                pieces,
                piece -> {
                    int from = (int) piece * FILES_PER_PIECE;
                    for (int file = from; file < Math.min(zip.count(), from + FILES_PER_PIECE); file++) {
                        action.accept(file);
                    }
                    return piece;
                },
                piece -> {});
    }

    private static int crc(MemorySegment content) {
        CRC32 crc = new CRC32();
        for (long at = 0; at < content.byteSize(); at += CHUNK_BYTES) {
            crc.update(content.asSlice(at, Math.min(CHUNK_BYTES, content.byteSize() - at))
                    .asByteBuffer());
        }
        return (int) crc.getValue();
    }
}

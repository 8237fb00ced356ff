package org.cartulary.verifier.bundle;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.CRC32;
import org.cartulary.verifier.report.Check;
import org.cartulary.verifier.report.Tally;
import org.cartulary.verifier.tree.Sha256;
import org.cartulary.verifier.work.OrderedWork;
import org.cartulary.verifier.zip.CanonicalZip;
import org.jspecify.annotations.Nullable;

/** Compares the content of every file with its CRC-32 in the zip and the hashes in the manifest, in one pass. */
final class FileChecks {
    private static final int FILES_PER_PIECE = 256;
    private static final int CHUNK_BYTES = 1 << 16;

    private final CanonicalZip zip;
    private final @Nullable Listing listing;

    /** @param listing null where it could not be read; then there are no hashes to compare with */
    FileChecks(CanonicalZip zip, @Nullable Listing listing) {
        this.zip = zip;
        this.listing = listing;
    }

    /**
     * Makes the checks.
     *
     * @return false where a local header is not as the directory of the zip says; then nothing of this can be relied on
     */
    boolean compare(OrderedWork work, Check checksums, Check hashes) {
        checksums.start();
        if (listing != null) {
            hashes.start();
        }
        MessageDigest[] directories = {digest(), digest(), digest()};
        long pieces = (zip.count() + FILES_PER_PIECE - 1L) / FILES_PER_PIECE;
        AtomicBoolean headers = new AtomicBoolean(true);
        work.run(pieces, piece -> new Piece().compare((int) piece * FILES_PER_PIECE), piece -> {
            if (!piece.headersHold) {
                headers.set(false);
            }
            checksums.add(piece.checksums);
            if (listing != null) {
                hashes.add(piece.hashes);
            }
            for (int i = 0; i < directories.length; i++) {
                directories[i].update(piece.lines[i].toString().getBytes(StandardCharsets.US_ASCII));
            }
        });
        if (listing instanceof NamedHashes named) {
            compareDirectories(named, directories, hashes);
        }
        return headers.get();
    }

    private static void compareDirectories(NamedHashes named, MessageDigest[] directories, Check hashes) {
        for (int i = 0; i < directories.length; i++) {
            String name = NamedHashes.DIRECTORIES.get(i);
            String found = HexFormat.of().formatHex(directories[i].digest());
            String expected = String.valueOf(named.directories().get(name));
            if (found.equals(expected)) {
                hashes.hold();
            } else {
                hashes.fail(name, "SHA-256 " + expected + " over its files as in the manifest", found);
            }
        }
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java runtime has no SHA-256; use a complete one.", e);
        }
    }

    /** Some files that stand one after the other. */
    private final class Piece {
        private final Tally checksums = new Tally();
        private final Tally hashes = new Tally();
        private final byte[] chunk = new byte[CHUNK_BYTES];
        private final CRC32 crc = new CRC32();
        private final CanonicalZip.LocalHeaders headers = zip.localHeaders();
        private boolean headersHold = true;
        private final byte[] name = new byte[CanonicalZip.MAX_NAME_BYTES];
        /** What sha256sum prints, by directory. */
        private final StringBuilder[] lines = {new StringBuilder(), new StringBuilder(), new StringBuilder()};

        Piece compare(int from) {
            for (int file = from; file < Math.min(zip.count(), from + FILES_PER_PIECE); file++) {
                headersHold &= headers.holds(file);
                byte[] sha256 = digest(zip.content(file));
                compareCrc(file, (int) crc.getValue());
                // A file without a listed hash is passed over: that it has none was recorded when the manifest was
                // read.
                if (listing instanceof NamedHashes named) {
                    compareHash(named, file, sha256);
                } else if (listing instanceof FileHashes each && each.has(file)) {
                    compareHash(each, file, sha256);
                }
            }
            return this;
        }

        private void compareHash(NamedHashes named, int file, byte[] sha256) {
            int length = zip.name(file, name);
            int directory = NamedHashes.directory(name, length);
            if (directory >= 0) {
                lines[directory]
                        .append(HexFormat.of().formatHex(sha256))
                        .append("  ")
                        .append(new String(name, 0, length, StandardCharsets.US_ASCII))
                        .append('\n');
                return;
            }
            String listed = named.byPosition().get(file);
            if (listed == null) {
                return;
            }
            String found = HexFormat.of().formatHex(sha256);
            if (listed.equals(found)) {
                hashes.hold();
            } else {
                hashes.fail(zip.name(file), "SHA-256 " + listed + " as in the manifest", found);
            }
        }

        private byte[] digest(MemorySegment content) {
            crc.reset();
            Sha256 sha256 = Sha256.ofThread();
            long size = content.byteSize();
            for (long at = 0; at < size; at += CHUNK_BYTES) {
                int length = (int) Math.min(CHUNK_BYTES, size - at);
                MemorySegment.copy(content, ValueLayout.JAVA_BYTE, at, chunk, 0, length);
                crc.update(chunk, 0, length);
                sha256.update(chunk, length);
            }
            return sha256.end();
        }

        private void compareCrc(int file, int found) {
            if (found == zip.crc(file)) {
                checksums.hold();
            } else {
                checksums.fail(
                        zip.name(file), "CRC-32 %08x as in the zip".formatted(zip.crc(file)), "%08x".formatted(found));
            }
        }

        private void compareHash(FileHashes listed, int file, byte[] sha256) {
            if (listed.lists(file, sha256)) {
                hashes.hold();
            } else {
                hashes.fail(
                        zip.name(file),
                        "SHA-256 " + listed.listedHash(file) + " as in the manifest",
                        HexFormat.of().formatHex(sha256));
            }
        }
    }
}

package org.cartulary.retrieval.originals;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import javax.crypto.SecretKey;
import org.cartulary.compliance.keys.DataKey;
import org.cartulary.compliance.keys.DataKeys;

/**
 * Stores the files as they arrived, each encrypted under a key of its own, so that destroying that key makes the file
 * unreadable wherever copies of it lie. Thread-safe; one id is used by one caller at a time.
 */
public final class Originals {
    private final OriginalFiles files;
    private final DataKeys keys;
    private final SecureRandom random = new SecureRandom();

    private Originals(OriginalFiles files, DataKeys keys) {
        this.files = files;
        this.keys = keys;
    }

    /**
     * Opens {@code HOME/originals}, making it where it is absent.
     *
     * @throws UncheckedIOException when the directory can't be made
     */
    public static Originals open(Path home, DataKeys keys) {
        try {
            return new Originals(OriginalFiles.in(home), keys);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make " + home.resolve("originals") + ": check owner and space", e);
        }
    }

    /**
     * Takes a file in: streams it to the disk, encrypted, while hashing it. Durable when it returns; nothing stays
     * behind when it throws.
     *
     * @param in read to its end, not closed
     * @param maxBytes longest file allowed
     * @return under the id that its document must take
     * @throws OriginalTooLarge when the file is longer
     * @throws UncheckedIOException when reading or writing fails
     */
    public StagedOriginal stage(InputStream in, long maxBytes) {
        UUID document = TimeOrderedId.next();
        DataKey key = keys.take();
        boolean stored = false;
        try {
            StagedOriginal staged = write(in, maxBytes, document, key);
            stored = true;
            return staged;
        } catch (IOException e) {
            throw new UncheckedIOException("The file could not be stored: " + e.getMessage(), e);
        } finally {
            if (!stored) {
                discard(document, key.id());
            }
        }
    }

    /**
     * Opens an original, staged or kept, in clear.
     *
     * @return a stream that throws {@link OriginalDamaged} where the file was cut off or altered; the caller closes it
     * @throws OriginalMissing when there is none
     */
    public InputStream open(UUID document) throws IOException {
        InputStream in = Files.newInputStream(files.find(document));
        try {
            Header header = Header.read(in, document);
            SecretKey key = keys.find(header.keyId())
                    .orElseThrow(() -> new OriginalDamaged(document, "has lost its key, which was destroyed"));
            return new DecryptingStream(in, new ChunkCipher(key, header, document), document);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    /**
     * Writes an original in clear to a file named by the document's id, readable by the owner only, for a parser in
     * another process. The caller deletes it.
     *
     * @throws OriginalMissing when there is none
     */
    public Path decryptTo(UUID document, Path directory) throws IOException {
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Path target = Files.createFile(directory.resolve(document.toString()), owner);
        boolean written = false;
        try (InputStream in = open(document);
                OutputStream out = Files.newOutputStream(target)) {
            in.transferTo(out);
            written = true;
            return target;
        } finally {
            if (!written) {
                Files.deleteIfExists(target);
            }
        }
    }

    /** The data key of a stored original. */
    public long keyOf(UUID document) {
        try (InputStream in = Files.newInputStream(files.find(document))) {
            return Header.read(in, document).keyId();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the original of document " + document, e);
        }
    }

    /** Moves a staged original to its place. Called before the commit of its document; repeating it does no harm. */
    public void promote(UUID document) {
        try {
            files.keep(document);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot keep the original of document " + document, e);
        }
    }

    /** Deletes an original, if there is one, and destroys its key. */
    public void discard(UUID document) {
        try {
            discard(document, keyOf(document));
        } catch (OriginalMissing e) {
            return;
        }
    }

    /**
     * Removes what a killed process left behind. Called at start, before any file is taken in.
     *
     * @param wanted whether someone still waits for a staged original
     * @param known whether a kept original's document is in the catalog
     * @return how many were removed
     */
    public int sweep(Predicate<UUID> wanted, Predicate<UUID> known) {
        try {
            int removed = 0;
            for (UUID document : files.allStaged()) {
                removed += removeUnless(wanted, document);
            }
            for (UUID document : files.allKept()) {
                removed += removeUnless(known, document);
            }
            return removed;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot look through the stored originals", e);
        }
    }

    private int removeUnless(Predicate<UUID> needed, UUID document) throws IOException {
        if (needed.test(document)) {
            return 0;
        }
        try (InputStream in = Files.newInputStream(files.find(document))) {
            keys.destroy(Header.read(in, document).keyId());
        } catch (OriginalDamaged e) {
            // Killed before the header was written: such a file names no key that could be destroyed.
            files.delete(document);
            return 1;
        }
        files.delete(document);
        return 1;
    }

    private void discard(UUID document, long keyId) {
        try {
            keys.destroy(keyId);
            files.delete(document);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete the original of document " + document, e);
        }
    }

    private StagedOriginal write(InputStream in, long maxBytes, UUID document, DataKey key) throws IOException {
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (FileChannel channel = FileChannel.open(files.staged(document), options, owner);
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel))) {
            Header header = Header.fresh(key.id(), random);
            out.write(header.bytes());
            StagedOriginal staged = encrypt(in, out, maxBytes, new ChunkCipher(key.key(), header, document), document);
            out.flush();
            channel.force(true);
            files.syncStaging();
            return staged;
        }
    }

    private static StagedOriginal encrypt(
            InputStream in, OutputStream out, long maxBytes, ChunkCipher cipher, UUID document) throws IOException {
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            long bytes = 0;
            byte[] chunk = in.readNBytes(ChunkCipher.CHUNK_BYTES);
            boolean last = false;
            while (!last) {
                bytes += chunk.length;
                if (bytes > maxBytes) {
                    throw new OriginalTooLarge(maxBytes);
                }
                byte[] following = in.readNBytes(ChunkCipher.CHUNK_BYTES);
                last = following.length == 0;
                hash.update(chunk);
                out.write(cipher.encrypt(chunk, chunk.length, last));
                chunk = following;
            }
            return new StagedOriginal(document, hash.digest(), bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java cannot do AES-256-GCM or SHA-256", e);
        }
    }
}

package org.cartulary.appliance.restore;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import org.cartulary.compliance.evidence.RestoreRefused;
import org.cartulary.compliance.keys.DataKeys;
import org.cartulary.retrieval.originals.OriginalDamaged;
import org.cartulary.retrieval.originals.OriginalMissing;
import org.cartulary.retrieval.originals.Originals;

/**
 * Files of documents that a copy of the database does not know. They still lie encrypted in the home until the next start, which removes
 * what belongs to no document.
 */
final class LostOriginals {
    private final Path home;
    private final Originals originals;

    LostOriginals(Path home, DataKeys keys) {
        this.home = home;
        this.originals = Originals.open(home, keys);
    }

    /** Those of some documents that can still be read. */
    List<UUID> among(List<UUID> documents) {
        return documents.stream().filter(this::isThere).toList();
    }

    private boolean isThere(UUID document) {
        try (InputStream in = originals.open(document)) {
            return in.read() >= -1;
        } catch (OriginalMissing | OriginalDamaged e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("The original of the document " + document + " cannot be read", e);
        }
    }

    /** Writes them in clear, each named by its document's id; for those who feed them again. */
    void writeTo(Path directory, List<UUID> documents) {
        Path target = directory.toAbsolutePath().normalize();
        if (!Files.isDirectory(target)
                || target.startsWith(home.toAbsolutePath().normalize())) {
            throw new RestoreRefused(
                    "The originals of lost documents are written in clear into a directory that is there and"
                            + " not within the home, but " + directory
                            + " is none: make one, and name it by --originals");
        }
        for (UUID document : documents) {
            try {
                Files.deleteIfExists(target.resolve(document.toString())); // of an attempt before
                sync(originals.decryptTo(document, target));
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "The original of the document " + document + " cannot be written to " + target, e);
            }
        }
        sync(target);
    }

    /** On the disk before the home's own copy may go. */
    private static void sync(Path path) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be made durable", e);
        }
    }
}

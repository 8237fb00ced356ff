package org.cartulary.retrieval.originals;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Where encrypted originals lie: {@code staging/<id>} until their document is committed, then {@code xx/<id>}. */
final class OriginalFiles {
    private final Path root;
    private final Path staging;

    private OriginalFiles(Path root, Path staging) {
        this.root = root;
        this.staging = staging;
    }

    static OriginalFiles in(Path home) throws IOException {
        Path root = home.resolve("originals");
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        Path staging = Files.createDirectories(root.resolve("staging"), owner);
        return new OriginalFiles(root, staging);
    }

    Path staged(UUID document) {
        return staging.resolve(document.toString());
    }

    /** The last two digits are random in a time-ordered id, so that the folders fill evenly. */
    Path kept(UUID document) {
        return folder(document).resolve(document.toString());
    }

    private Path folder(UUID document) {
        String name = document.toString();
        return root.resolve(name.substring(name.length() - 2));
    }

    Path find(UUID document) {
        Path kept = kept(document);
        if (Files.exists(kept)) {
            return kept;
        }
        Path staged = staged(document);
        if (Files.exists(staged)) {
            return staged;
        }
        throw new OriginalMissing(document);
    }

    void keep(UUID document) throws IOException {
        Path target = kept(document);
        Path folder = Files.createDirectories(folder(document));
        try {
            Files.move(staged(document), target, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            if (!Files.exists(target)) {
                throw new OriginalMissing(document);
            }
        }
        sync(folder);
        sync(root);
        sync(staging);
    }

    void delete(UUID document) throws IOException {
        Files.deleteIfExists(staged(document));
        Files.deleteIfExists(kept(document));
    }

    List<UUID> allStaged() throws IOException {
        return idsIn(staging);
    }

    List<UUID> allKept() throws IOException {
        List<UUID> ids = new ArrayList<>();
        try (Stream<Path> folders = Files.list(root)) {
            for (Path folder : folders.filter(path -> !path.equals(staging)).toList()) {
                ids.addAll(idsIn(folder));
            }
        }
        return ids;
    }

    void syncStaging() throws IOException {
        sync(staging);
    }

    private static List<UUID> idsIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> UUID.fromString(file.getFileName().toString()))
                    .toList();
        }
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}

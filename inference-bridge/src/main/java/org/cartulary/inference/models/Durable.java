package org.cartulary.inference.models;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** What it takes for files and directories to outlive a power cut. */
final class Durable {
    private Durable() {}

    /** Makes a file's bytes, or a directory's names, durable. */
    static void sync(Path path) throws IOException {
        // Linux syncs a directory through a channel that reads.
        StandardOpenOption how = Files.isDirectory(path) ? StandardOpenOption.READ : StandardOpenOption.WRITE;
        try (FileChannel channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }

    /** Moves within a file system, whole or not at all. */
    static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        sync(parent(to));
    }

    /** Puts bytes at a path, replacing what was there, whole or not at all. */
    static void write(Path target, byte[] bytes) throws IOException {
        Path draft = parent(target).resolve("." + target.getFileName() + ".tmp");
        Files.write(draft, bytes);
        sync(draft);
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync(parent(target));
    }

    /** Deletes a directory and all below it, if it is there. */
    static void deleteTree(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        List<Path> entries;
        try (Stream<Path> list = Files.list(directory)) {
            entries = list.toList();
        }
        for (Path entry : entries) {
            if (Files.isDirectory(entry) && !Files.isSymbolicLink(entry)) {
                deleteTree(entry);
            } else {
                Files.delete(entry);
            }
        }
        Files.delete(directory);
    }

    private static Path parent(Path path) {
        Path parent = path.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException(path + " has no parent");
        }
        return parent;
    }
}

package org.cartulary.ingest.source;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;

/**
 * Finds the files under folders. Hidden files and folders (a name that begins with a dot) are left out; links are
 * followed, each folder once, so that loops end; sorted by path. What cannot be read is reported, not skipped in silence.
 */
public final class FolderWalk {
    public static final int MAX_FILES = 1_000_000;
    private static final int MAX_DEPTH = 100;

    /**
     * What a walk found.
     *
     * @param files sorted by path
     * @param remarks sentences on what was left out because it could not be read
     */
    public record Found(List<FoundFile> files, List<String> remarks) {
        public Found {
            files = List.copyOf(files);
            remarks = List.copyOf(remarks);
        }
    }

    private final List<FoundFile> files = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private final int maxFiles;

    private FolderWalk(int maxFiles) {
        this.maxFiles = maxFiles;
    }

    /**
     * Walks folders and takes single files as they are, also hidden ones.
     *
     * @throws IllegalArgumentException when a path does not exist, or there are more than {@value #MAX_FILES} files
     */
    public static Found under(List<Path> roots) {
        return under(roots, MAX_FILES);
    }

    static Found under(List<Path> roots, int maxFiles) {
        FolderWalk walk = new FolderWalk(maxFiles);
        for (Path root : roots) {
            walk.add(root);
        }
        walk.files.sort(Comparator.comparing(FoundFile::path));
        return new Found(walk.files, walk.remarks);
    }

    private void add(Path root) {
        if (Files.isRegularFile(root)) {
            take(new FoundFile(String.valueOf(root.getFileName()), root));
        } else if (Files.isDirectory(root)) {
            walk(root);
        } else {
            throw new IllegalArgumentException("There is no file or folder " + root + ".");
        }
    }

    private void walk(Path root) {
        try {
            Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), MAX_DEPTH, new Visitor(root));
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + root + " cannot be read", e);
        }
    }

    private void take(FoundFile file) {
        if (files.size() >= maxFiles) {
            throw new IllegalArgumentException(
                    "There are more than " + maxFiles + " files: ingest the folder in parts.");
        }
        files.add(file);
    }

    private final class Visitor extends SimpleFileVisitor<Path> {
        private final Path root;

        Visitor(Path root) {
            this.root = root;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return !directory.equals(root) && isHidden(directory)
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (isHidden(file)) {
                return FileVisitResult.CONTINUE;
            }
            if (attributes.isRegularFile()) {
                take(new FoundFile(root.relativize(file).toString().replace(File.separatorChar, '/'), file));
            } else if (attributes.isSymbolicLink()) {
                leaveOut(file, "is a link to nothing");
            } else if (attributes.isDirectory()) {
                leaveOut(file, "is nested more than " + MAX_DEPTH + " folders deep");
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            if (!isHidden(file)) {
                boolean loop = failure instanceof FileSystemLoopException;
                leaveOut(file, loop ? "is a link to a folder above it" : "cannot be read (" + failure + ")");
            }
            return FileVisitResult.CONTINUE;
        }

        private void leaveOut(Path file, String why) {
            remarks.add(file + " " + why + " and was left out.");
        }

        private static boolean isHidden(Path path) {
            return String.valueOf(path.getFileName()).startsWith(".");
        }
    }
}

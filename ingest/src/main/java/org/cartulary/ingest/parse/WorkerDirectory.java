package org.cartulary.ingest.parse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The one directory (mode 0700) that a parser process reads files from and writes to: {@code in} holds the file being
 * parsed, {@code tmp} what the process writes, {@code cache} PDFBox's list of fonts. {@code in} and {@code tmp} are empty
 * between parses, whatever became of the process.
 */
final class WorkerDirectory {
    private static final int BLOCKS_PER_MEBIBYTE = 2048;
    private final Path root;

    private WorkerDirectory(Path root) {
        this.root = root;
    }

    /** Makes the directory afresh: what an earlier run left there is removed. */
    static WorkerDirectory create(Path root, ParserLimits limits, Isolation isolation) throws IOException {
        WorkerDirectory directory = new WorkerDirectory(root.toAbsolutePath().normalize());
        directory.delete();
        Files.createDirectories(root.toAbsolutePath().getParent());
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        Files.createDirectory(directory.root, ownerOnly);
        for (Path child : List.of(directory.inbox(), directory.temporary(), directory.cache())) {
            Files.createDirectory(child);
        }
        Files.writeString(directory.configuration(), TikaConfiguration.xml(limits, directory.inbox()));
        Files.createFile(directory.launcher(), ownerOnly);
        Files.writeString(directory.launcher(), directory.script(limits, isolation));
        return directory;
    }

    Path inbox() {
        return root.resolve("in");
    }

    Path temporary() {
        return root.resolve("tmp");
    }

    Path cache() {
        return root.resolve("cache");
    }

    Path configuration() {
        return root.resolve("tika-config.xml");
    }

    /** What Tika takes for the java program. */
    Path launcher() {
        return root.resolve("java");
    }

    private Path errors() {
        return root.resolve("stderr.log");
    }

    /** The id of the process that was started last, where it has got so far. */
    Optional<Long> pid() {
        try {
            return Optional.of(Files.readString(root.resolve("pid")).strip())
                    .filter(text -> !text.isEmpty())
                    .map(Long::valueOf);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The end of what the last process wrote to its standard error, at most 2,000 characters. */
    String lastErrors() {
        try {
            String all = Files.readString(errors(), java.nio.charset.StandardCharsets.ISO_8859_1);
            return all.substring(Math.max(0, all.length() - 2000)).strip();
        } catch (IOException e) {
            return "";
        }
    }

    /** Empties {@code in} and {@code tmp}. */
    void sweep() throws IOException {
        for (Path child : List.of(inbox(), temporary())) {
            deleteBelow(child);
        }
    }

    void delete() throws IOException {
        if (Files.exists(root)) {
            deleteBelow(root);
            Files.delete(root);
        }
    }

    private static void deleteBelow(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, java.io.IOException failure) throws IOException {
                if (!visited.equals(directory)) {
                    Files.deleteIfExists(visited);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /**
     * {@code exec} all along, so that the process Tika knows is the JVM itself and dies with it; a clean environment, so
     * that no secret of the parent's reaches the parser; no core dumps, and no file larger than the limit.
     */
    private String script(ParserLimits limits, Isolation isolation) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String command =
                isolation.command().stream().map(WorkerDirectory::quote).collect(Collectors.joining(" "));
        return """
                #!/bin/sh
                umask 077
                ulimit -c 0
                ulimit -f %d
                cd %s || exit 70
                echo $$ > %s
                exec env -i LANG=C.UTF-8 PATH=/usr/bin:/bin HOME=%s TMPDIR=%s %s %s "$@" 2> %s
                """.formatted(
                        (long) limits.maxWrittenMebibytes() * BLOCKS_PER_MEBIBYTE,
                        quote(temporary().toString()),
                        quote(root.resolve("pid").toString()),
                        quote(temporary().toString()),
                        quote(temporary().toString()),
                        command,
                        quote(java),
                        quote(errors().toString()));
    }

    private static String quote(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}

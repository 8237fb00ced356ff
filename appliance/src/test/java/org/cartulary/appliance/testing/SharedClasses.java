package org.cartulary.appliance.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The tests' class path with its folders packed into jars, and an archive of its parsed classes, which halves what the
 * start of an appliance costs. Made once for all processes that tests start.
 */
final class SharedClasses {
    private static final SharedClasses MADE = make();

    private final String classPath;
    private final Path archive;

    private SharedClasses(String classPath, Path archive) {
        this.classPath = classPath;
        this.archive = archive;
    }

    /** As {@code -cp} takes it. */
    static String classPath() {
        return MADE.classPath;
    }

    /** Options of a JVM that is to use the archive; none where it could not be made. */
    static List<String> options() {
        return Files.isRegularFile(MADE.archive)
                ? List.of("-XX:SharedArchiveFile=" + MADE.archive, "-Xlog:disable")
                : List.of();
    }

    /** Options of the JVM whose classes are to be archived when it ends. */
    static List<String> training() {
        return List.of("-XX:ArchiveClassesAtExit=" + MADE.archive, "-Xlog:disable");
    }

    private static SharedClasses make() {
        try {
            Path folder = Files.createTempDirectory("cartulary-classes-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            String classPath = Stream.of(System.getProperty("java.class.path").split(":", -1))
                    .map(Path::of)
                    .filter(Files::exists)
                    .map(entry -> Files.isDirectory(entry) ? packed(entry, folder) : entry)
                    .map(Path::toString)
                    .collect(Collectors.joining(":"));
            return new SharedClasses(classPath, folder.resolve("classes.jsa"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path packed(Path classes, Path target) {
        try (Stream<Path> files = Files.walk(classes)) {
            Path jar = Files.createTempFile(target, classes.getFileName().toString(), ".jar");
            try (OutputStream file = Files.newOutputStream(jar);
                    ZipOutputStream zip = new ZipOutputStream(file)) {
                for (Path one : files.filter(one -> !one.equals(classes)).toList()) {
                    // Folders too: Micronaut finds its beans by listing some.
                    boolean folder = Files.isDirectory(one);
                    zip.putNextEntry(new ZipEntry(classes.relativize(one) + (folder ? "/" : "")));
                    if (!folder) {
                        Files.copy(one, zip);
                    }
                }
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            System.err.println(folder + " could not be removed: " + e.getMessage());
        }
    }
}

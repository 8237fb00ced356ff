package org.cartulary.compliance.evidence;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system of 24 MiB at a path, so that a test can fill it; needs the right to mount. */
final class SmallDisk implements AutoCloseable {
    private final Path path;

    private SmallDisk(Path path) {
        this.path = path;
    }

    static SmallDisk mount(Path path) throws IOException {
        Files.createDirectories(path);
        boolean mounted = "root".equals(System.getProperty("user.name"))
                && run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", path.toString()) == 0;
        assumeTrue(mounted, "needs the right to mount a tmpfs");
        return new SmallDisk(path);
    }

    private static int run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        return process.onExit().join().exitValue();
    }

    Path filler() {
        return path.resolve("filler");
    }

    /** Takes every byte that is left. */
    Path fill() {
        try (OutputStream out = Files.newOutputStream(filler())) {
            for (byte[] block = new byte[4096]; ; ) {
                out.write(block);
            }
        } catch (IOException full) {
            return filler();
        }
    }

    @Override
    public void close() throws IOException {
        run("umount", path.toString());
    }
}

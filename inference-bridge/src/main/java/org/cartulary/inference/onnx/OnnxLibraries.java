package org.cartulary.inference.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;

/**
 * The native libraries inside the jars of ONNX Runtime and the tokeniser, unpacked once to a directory that the
 * operator knows. Left alone, both would unpack to the temporary directory at every start, which hardened hosts mount
 * without the right to execute; and the tokeniser's jar would report its use to its maker over the network.
 */
public final class OnnxLibraries {
    private static final List<String> RESOURCES = List.of(
            "ai/onnxruntime/native/linux-x64/libonnxruntime.so",
            "ai/onnxruntime/native/linux-x64/libonnxruntime4j_jni.so",
            "native/lib/linux-x86_64/cpu/libtokenizers.so");

    private OnnxLibraries() {}

    /**
     * Makes sure that the libraries lie in the directory as they are in the jars, and that both jars load them from
     * there and ask no network. Before the first use of either.
     *
     * @throws OnnxUnavailable when they cannot be written
     */
    public static void use(Path directory) {
        unpack(directory);
        System.setProperty("onnxruntime.native.path", directory.toString());
        System.setProperty(
                "RUST_LIBRARY_PATH", directory.resolve("libtokenizers.so").toString());
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
    }

    /** Unpacks what is missing or different. */
    public static void unpack(Path directory) {
        try {
            Files.createDirectories(directory);
            for (String resource : RESOURCES) {
                unpack(resource, directory.resolve(resource.substring(resource.lastIndexOf('/') + 1)));
            }
        } catch (IOException e) {
            throw new OnnxUnavailable(
                    "The ONNX Runtime libraries cannot be unpacked to " + directory
                            + ": make it writable once, or free disk space.",
                    e);
        }
    }

    private static void unpack(String resource, Path target) throws IOException {
        if (Files.isRegularFile(target) && same(resource, target)) {
            return;
        }
        Path draft = Files.createTempFile(target.getParent(), "unpacking", ".tmp");
        try (InputStream in = open(resource)) {
            Files.copy(in, draft, StandardCopyOption.REPLACE_EXISTING);
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static boolean same(String resource, Path target) throws IOException {
        try (InputStream expected = open(resource);
                InputStream actual = Files.newInputStream(target)) {
            byte[] one = expected.readNBytes(1 << 20);
            while (one.length > 0) {
                if (!Arrays.equals(one, actual.readNBytes(one.length))) {
                    return false;
                }
                one = expected.readNBytes(1 << 20);
            }
            return actual.read() < 0;
        }
    }

    private static InputStream open(String resource) {
        InputStream in = OnnxLibraries.class.getClassLoader().getResourceAsStream(resource);
        if (in == null) {
            throw new OnnxUnavailable("The class path lacks " + resource + ": the installation is incomplete.");
        }
        return in;
    }
}

package org.cartulary.inference.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of ONNX Runtime's kernels for 8-bit numbers this processor gets. It chooses by these features itself and tells
 * nobody; without VNNI its AVX2 and AVX-512 kernels saturate sums at 16 bits, so that vectors come out otherwise.
 */
final class ProcessorVariant {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessorVariant.class);
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    /** The best first, as Linux names them. */
    private static final List<String> FEATURES = List.of("amx_int8", "avx512_vnni", "avx_vnni", "avx512bw", "avx2");

    private ProcessorVariant() {}

    /** For example {@code avx512_vnni}; the architecture where no such feature is known. */
    static String name() {
        try {
            return of(Files.readString(PROCESSORS));
        } catch (IOException e) {
            LOG.warn("{} cannot be read, so the processor's features are not named", PROCESSORS, e);
            return System.getProperty("os.arch");
        }
    }

    /** @param processors what Linux says of them; all of a machine have the same features */
    static String of(String processors) {
        Set<String> flags = processors
                .lines()
                .filter(line -> line.startsWith("flags"))
                .limit(1)
                .flatMap(line ->
                        Stream.of(line.substring(line.indexOf(':') + 1).strip().split("\\s+", -1)))
                .collect(Collectors.toSet());
        return FEATURES.stream().filter(flags::contains).findFirst().orElseGet(() -> System.getProperty("os.arch"));
    }
}

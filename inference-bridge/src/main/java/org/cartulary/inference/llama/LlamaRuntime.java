package org.cartulary.inference.llama;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The llama.cpp libraries, loaded into this process and checked. One for a process, never unloaded.
 *
 * <p>Thread-safe; what it makes is not.
 */
public final class LlamaRuntime {
    /** The release whose headers {@link LlamaFunctions} and {@link StructLayouts} follow. */
    public static final String RELEASE = "v0.5.0";

    private static final String VERSION = "0.5.0-dev";
    private static final List<String> LIBRARIES =
            List.of("libggml-base.so", "libggml." + RELEASE + ".so", "libllama." + RELEASE + ".so");
    private static final Pattern CPU_LIBRARY = Pattern.compile("/libggml-cpu-([a-z0-9_]+)\\.so$");

    private final LlamaFunctions functions;
    private final String cpuVariant;

    private LlamaRuntime(LlamaFunctions functions, String cpuVariant) {
        this.functions = functions;
        this.cpuVariant = cpuVariant;
    }

    /**
     * Loads the libraries and the CPU variant that fits this processor.
     *
     * @param directory holds all shared libraries of the release side by side
     * @throws LlamaUnavailable when a file is missing, or the release is not the one this bridge was written for
     */
    public static LlamaRuntime open(Path directory) {
        Path absolute = directory.toAbsolutePath();
        SymbolLookup symbols = LIBRARIES.stream()
                .map(name -> library(absolute.resolve(name)))
                .reduce(SymbolLookup::or)
                .orElseThrow();
        LlamaFunctions functions = FunctionBinder.bind(LlamaFunctions.class, symbols);
        requireKnownRelease(functions);
        try (Arena arena = Arena.ofConfined()) {
            functions.ggmlBackendLoadAllFromPath(arena.allocateFrom(absolute.toString()));
        }
        functions.llamaBackendInit();
        return new LlamaRuntime(functions, findCpuVariant(absolute));
    }

    /** Engine, release and CPU variant, for example {@code llama.cpp v0.5.0 (sapphirerapids)}. */
    public String kernel() {
        return "llama.cpp " + RELEASE + " (" + cpuVariant + ")";
    }

    LlamaFunctions functions() {
        return functions;
    }

    @SuppressWarnings("restricted") // calling native code is what this package is for
    private static SymbolLookup library(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new LlamaUnavailable("The llama.cpp library " + file + " is missing: run deploy/cartulary setup.");
        }
        try {
            return SymbolLookup.libraryLookup(file, Arena.global());
        } catch (IllegalArgumentException e) {
            throw new LlamaUnavailable("The llama.cpp library " + file + " cannot be loaded here (" + e.getMessage()
                    + "): it needs glibc 2.34 and this processor's architecture.");
        }
    }

    private static void requireKnownRelease(LlamaFunctions functions) {
        String version = NativeText.read(functions.llamaVersion(), 64);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment context = functions.llamaContextDefaultParams(arena);
            MemorySegment quantize = functions.llamaModelQuantizeDefaultParams(arena);
            MemorySegment model = functions.llamaModelDefaultParams(arena);
            boolean known = VERSION.equals(version)
                    && number(context, StructLayouts.CONTEXT_TOKENS) == 512
                    && number(context, StructLayouts.CONTEXT_BATCH) == 2048
                    && number(context, StructLayouts.CONTEXT_UBATCH) == 512
                    && number(context, StructLayouts.CONTEXT_SEQUENCES) == 1
                    && number(context, StructLayouts.CONTEXT_POOLING) == -1
                    && number(context, StructLayouts.CONTEXT_FLASH_ATTENTION) == -1
                    && context.get(ValueLayout.JAVA_BYTE, StructLayouts.CONTEXT_EMBEDDINGS) == 0
                    && context.get(ValueLayout.JAVA_BYTE, StructLayouts.CONTEXT_OFFLOAD_KQV) == 1
                    && number(context, StructLayouts.CONTEXT_CACHE_TYPE) == 1
                    && number(quantize, StructLayouts.QUANTIZE_FILE_TYPE) == 7
                    && number(quantize, StructLayouts.QUANTIZE_OUTPUT_TYPE) == 43
                    && number(model, StructLayouts.MODEL_GPU_LAYERS) == -1
                    && model.get(ValueLayout.JAVA_BYTE, StructLayouts.MODEL_USE_EXTRA_BUFTS) == 1;
            if (!known) {
                throw new LlamaUnavailable("The llama.cpp libraries say version " + version
                        + " or have other default values than release " + RELEASE
                        + ": the bridge refuses to guess their struct layouts; run deploy/cartulary setup.");
            }
        }
    }

    private static int number(MemorySegment struct, int offset) {
        return struct.get(ValueLayout.JAVA_INT, offset);
    }

    /** ggml has no call that names the variant, but the process's memory map shows which file was loaded. */
    private static String findCpuVariant(Path directory) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
            return lines.map(CPU_LIBRARY::matcher)
                    .filter(Matcher::find)
                    .map(match -> match.group(1))
                    .findFirst()
                    .orElseThrow(() -> new LlamaUnavailable("No CPU variant of llama.cpp in " + directory
                            + " fits this processor: the directory is incomplete; run deploy/cartulary setup."));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read which CPU variant of llama.cpp was loaded", e);
        }
    }
}

package org.cartulary.inference.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.cartulary.inference.InferenceFailed;
import org.cartulary.inference.supervision.InferenceConfig;

/** llama.cpp without the bridge, in a process of its own, for benchmarks to compare with. Used by one thread. */
public final class RawLlama implements AutoCloseable {
    /** Begins the lines that are ours: native code writes to the same stream. */
    static final String REPLY = "reply ";

    private static final JsonMapper JSON = new JsonMapper();

    private final Process process;
    private final BufferedReader replies;
    private final OutputStream orders;
    private final int endToken;

    private RawLlama(Process process, RawLlamaMain.Settings settings) throws IOException {
        this.process = process;
        this.replies = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.orders = process.getOutputStream();
        this.endToken = Integer.parseInt(ask(settings));
    }

    /**
     * Starts the process and loads the model.
     *
     * @param streams sequences at a time
     * @param cacheTokens for all of them together
     * @throws InferenceFailed when it cannot
     */
    public static RawLlama start(
            InferenceConfig.Libraries libraries, Path model, int streams, int cacheTokens, int threads) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                libraries.classPath(),
                RawLlamaMain.class.getName());
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().put("GGML_NO_BACKTRACE", "1");
            return new RawLlama(
                    builder.start(),
                    new RawLlamaMain.Settings(
                            libraries.llama().toString(), model.toString(), streams, cacheTokens, threads));
        } catch (IOException e) {
            throw new InferenceFailed("The bare engine could not be started", e);
        }
    }

    /** A token that ends an answer. */
    public int endToken() {
        return endToken;
    }

    /**
     * How long a run took.
     *
     * @param first nanoseconds until the prompts were read and each stream had a token
     * @param all nanoseconds in all
     */
    public record Times(long first, long all) {}

    /** Reads a prompt of random tokens for each stream, then generates for all side by side. */
    public Times run(int streams, int promptTokens, int outputTokens) {
        try {
            return JSON.readValue(ask(new RawLlamaMain.Run(streams, promptTokens, outputTokens)), Times.class);
        } catch (IOException e) {
            throw new UncheckedIOException("The bare engine ended", e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private String ask(Object order) throws IOException {
        orders.write((JSON.writeValueAsString(order) + "\n").getBytes(StandardCharsets.UTF_8));
        orders.flush();
        String line = replies.readLine();
        while (line != null && !line.startsWith(REPLY)) {
            line = replies.readLine();
        }
        if (line == null) {
            throw new IOException("The bare engine ended");
        }
        return line.substring(REPLY.length());
    }
}

package org.cartulary.inference.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.cartulary.inference.llama.RawLoop;

/** A process that runs llama.cpp bare, at a benchmark's word: one line in, one line out. */
public final class RawLlamaMain {
    /** What the process loads. */
    record Settings(String libraries, String model, int streams, int cacheTokens, int threads) {}

    /** One run; streams of 0 ends the process. */
    record Run(int streams, int promptTokens, int outputTokens) {}

    private RawLlamaMain() {}

    /** Reads {@link Settings}, answers with the id of an end token, then answers each {@link Run}. */
    public static void main(String[] arguments) throws IOException {
        JsonMapper json = new JsonMapper();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        Settings settings = json.readValue(in.readLine(), Settings.class);
        try (RawLoop loop = RawLoop.open(
                Path.of(settings.libraries()),
                Path.of(settings.model()),
                settings.streams(),
                settings.cacheTokens(),
                settings.threads())) {
            out.println(RawLlama.REPLY + loop.endToken());
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                Run run = json.readValue(line, Run.class);
                out.println(RawLlama.REPLY
                        + json.writeValueAsString(loop.run(run.streams(), run.promptTokens(), run.outputTokens())));
            }
        }
    }
}

package org.cartulary.inference.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.cartulary.inference.models.StoredModel;
import org.cartulary.inference.process.ForkedJava;
import org.cartulary.inference.testing.Cache;
import org.cartulary.inference.testing.ParentProbe;
import org.cartulary.inference.testing.TinyModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What holds between the appliance's process and its workers. */
final class ParentProcessTest {
    @Test
    @Timeout(120)
    void theParentLoadsNoModelCodeAndItsWorkersEndWithIt(@TempDir Path directory) throws Exception {
        Path report = directory.resolve("report");
        StoredModel tiny = TinyModel.in(directory.resolve("models"));
        ForkedJava.Launch launch = new ForkedJava.Launch(
                ParentProbe.class.getName(), System.getProperty("java.class.path"), List.of("-Xmx256m"), Map.of());
        String settings =
                String.join("\t", Cache.directory().toString(), tiny.directory().toString(), directory.toString());
        List<String> output = new java.util.concurrent.CopyOnWriteArrayList<>();
        List<ProcessHandle> workers;
        try (ForkedJava parent = ForkedJava.start(launch, settings, output::add)) {
            while (parent.isAlive() && !Files.exists(report)) {
                parent.awaitEnd(100);
            }
            assertThat(report).as("output: %s", output).exists();
            List<String> lines = Files.readAllLines(report);
            assertThat(lines)
                    .noneMatch(line -> line.contains("onnxruntime")
                            || line.contains("libllama")
                            || line.contains("libggml")
                            || line.contains("tokenizers.so"));
            workers = lines.stream()
                    .filter(line -> line.startsWith("pid "))
                    .flatMap(line -> ProcessHandle.of(Long.parseLong(line.substring(4))).stream())
                    .toList();
            assertThat(workers).hasSize(2).allMatch(ProcessHandle::isAlive);
            ProcessHandle.of(parent.pid()).orElseThrow().destroyForcibly();
        }
        for (ProcessHandle worker : workers) {
            worker.onExit().get(30, TimeUnit.SECONDS);
            assertThat(worker.isAlive()).isFalse();
        }
    }
}

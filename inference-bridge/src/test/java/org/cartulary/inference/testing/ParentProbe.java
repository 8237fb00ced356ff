package org.cartulary.inference.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.cartulary.inference.ChatMessage;
import org.cartulary.inference.ChatRequest;
import org.cartulary.inference.ChatStream;
import org.cartulary.inference.Embedder;
import org.cartulary.inference.Sampling;
import org.cartulary.inference.models.ModelStore;
import org.cartulary.inference.process.Lifeline;
import org.cartulary.inference.supervision.InferenceConfig;
import org.cartulary.inference.supervision.InferenceWorkers;
import org.cartulary.inference.supervision.WorkerStatus;

/** An appliance in small, as a process of its own: uses both models, reports, then waits to be killed. */
public final class ParentProbe {
    private ParentProbe() {}

    /** Settings: cache, directory of the tiny model, directory for the report, separated by tabs. */
    public static void main(String[] arguments) throws Exception {
        Lifeline lifeline = new Lifeline(System.in);
        List<String> settings = List.of(lifeline.settings().split("\t", -1));
        lifeline.follow();
        Path directory = Path.of(settings.get(2));
        InferenceConfig config = InferenceConfig.defaults(Path.of(settings.get(0)), directory.resolve("run"))
                .withChat(ModelStore.read(Path.of(settings.get(1))))
                .withThreads(1, 1);
        InferenceWorkers workers = InferenceWorkers.start(config);
        ChatRequest request = new ChatRequest(
                List.of(new ChatMessage(ChatMessage.Role.USER, "hi")),
                Sampling.GREEDY,
                List.of(),
                4,
                Duration.ofSeconds(30));
        try (ChatStream stream = workers.generator().chat(request)) {
            while (stream.next() != null) {
                Thread.onSpinWait();
            }
        }
        workers.embedder().embed(List.of("hi"), Embedder.Input.QUERY);
        StringBuilder report = new StringBuilder();
        for (WorkerStatus status : workers.status()) {
            report.append("pid ").append(status.pid()).append('\n');
        }
        report.append(Files.readString(Path.of("/proc/self/maps")));
        Path draft = Files.writeString(directory.resolve("report.tmp"), report);
        Files.move(draft, directory.resolve("report"));
        Thread.currentThread().join();
    }
}

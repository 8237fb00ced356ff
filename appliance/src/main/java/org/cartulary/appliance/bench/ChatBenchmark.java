package org.cartulary.appliance.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.cartulary.inference.ChatMessage;
import org.cartulary.inference.ChatRequest;
import org.cartulary.inference.ChatStream;
import org.cartulary.inference.Generator;
import org.cartulary.inference.InferenceFailed;
import org.cartulary.inference.PromptReuse;
import org.cartulary.inference.Sampling;
import org.cartulary.inference.bench.RawLlama;
import org.cartulary.inference.models.StoredModel;
import org.cartulary.inference.supervision.InferenceConfig;
import org.cartulary.inference.supervision.InferenceWorkers;
import org.cartulary.inference.supervision.WorkerStatus;

/**
 * The chat worker, queue, protocol and socket included, against llama.cpp driven bare in a process of its own: same
 * library, model and threads. Prompts of both sides have the same number of tokens; no answer ends early.
 */
final class ChatBenchmark {
    private static final int MOST_STREAMS = 16;
    private static final int WINDOW = 2048;
    private static final int LONG_PROMPT = 1500;
    private static final int DECODE_TOKENS = 64;

    /** What each of several streams reads, and what it writes. */
    private static final int STREAM_PROMPT = 32;

    private static final int STREAM_TOKENS = 32;

    /** Tokens that all streams of a comparison write together at least. */
    private static final int SHORTEST_RUN = 128;

    private static final int BURST = 8;
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final InferenceConfig config;
    private final StoredModel model;
    private final InferenceWorkers workers;
    private final Generator generator;
    private final RawLlama raw;
    private final Random random = new Random(20261122);
    private final int frameTokens;
    private final Sampling endless;

    private ChatBenchmark(InferenceConfig config, StoredModel model, InferenceWorkers workers, RawLlama raw) {
        this.config = config;
        this.model = model;
        this.workers = workers;
        this.generator = workers.generator();
        this.raw = raw;
        this.frameTokens = generator.countPromptTokens(List.of(new ChatMessage(ChatMessage.Role.USER, "")));
        this.endless = Sampling.GREEDY.withLogitBias(Map.of(raw.endToken(), -100f));
        int counted = generator.countPromptTokens(request(words(200), 1).messages()) - frameTokens;
        if (Math.abs(counted - 200) > 2) {
            throw new InferenceFailed("This model reads 200 letters as " + counted + " tokens: it cannot be compared.");
        }
    }

    static Measurements run(InferenceConfig standard, StoredModel model, Findings findings) {
        InferenceConfig config =
                standard.withEmbedding(null).withChat(model).withSizes(WINDOW, MOST_STREAMS, 4 * MOST_STREAMS);
        int cacheTokens = WINDOW + MOST_STREAMS * (STREAM_PROMPT + STREAM_TOKENS) + SHORTEST_RUN;
        try (InferenceWorkers workers = InferenceWorkers.start(config);
                RawLlama raw = RawLlama.start(
                        config.libraries(), model.file(), MOST_STREAMS, cacheTokens, config.chatThreads())) {
            workers.awaitReady();
            return new ChatBenchmark(config, model, workers, raw).measure(findings);
        }
    }

    private Measurements measure(Findings findings) {
        findings.add("chat-prefill", this::prefill);
        findings.add("chat-decode", this::decode);
        for (int width = 1; width <= MOST_STREAMS; width *= width == 1 ? 4 : 2) {
            int streams = width;
            findings.add("chat-streams-" + streams, () -> streams(streams));
        }
        findings.add("chat-burst-" + BURST, this::burst);
        findings.add("chat-known-prompt", this::knownPrompt);
        findings.add("chat-gaps", this::gaps);
        findings.add("chat-restart", this::restart);
        findings.add("chat-memory-per-stream", this::memoryPerStream);
        return findings.on(Benchmarks.processors() + ", " + config.chatThreads() + " threads, "
                + generator.model().kernel() + ", " + model.manifest().name());
    }

    private Comparison prefill() {
        int tokens = 256;
        return Comparison.of(
                "chat-prefill",
                "prompt tokens per second, one stream of " + tokens,
                new Comparison.Measured(
                        "bridge", () -> tokens * 1e9 / ask(tokens, 1).firstNanos()),
                new Comparison.Measured(
                        "bare llama.cpp",
                        () -> tokens * 1e9 / raw.run(1, tokens, 1).first()));
    }

    private Comparison decode() {
        return Comparison.of(
                "chat-decode",
                "tokens per second, one stream of " + DECODE_TOKENS,
                new Comparison.Measured("bridge", () -> {
                    Timed timed = ask(64, DECODE_TOKENS);
                    return (DECODE_TOKENS - 1) * 1e9 / (timed.allNanos() - timed.firstNanos());
                }),
                new Comparison.Measured("bare llama.cpp", () -> {
                    RawLlama.Times times = raw.run(1, 64, DECODE_TOKENS);
                    return (DECODE_TOKENS - 1) * 1e9 / (times.all() - times.first());
                }));
    }

    /** While all of them write. */
    private Comparison streams(int streams) {
        // Few streams write longer, or what else the machine does for a moment decides.
        int tokens = Math.max(STREAM_TOKENS, SHORTEST_RUN / streams);
        return Comparison.of(
                "chat-streams-" + streams,
                "tokens per second of " + streams
                        + " streams together, from the time that all write until the first ends",
                new Comparison.Measured("bridge", () -> steadyRate(together(generator, streams, tokens))),
                new Comparison.Measured("bare llama.cpp, one batch", () -> {
                    RawLlama.Times times = raw.run(streams, STREAM_PROMPT, tokens);
                    return streams * (tokens - 1) * 1e9 / (times.all() - times.first());
                }));
    }

    /** All asked at once, and read to the last end: the bridge begins to answer the first while it reads the others. */
    private Comparison burst() {
        double tokens = BURST * STREAM_TOKENS;
        return Comparison.of(
                "chat-burst-" + BURST,
                "tokens per second of " + BURST + " streams together, each " + STREAM_PROMPT + " read and "
                        + STREAM_TOKENS + " written, from the first call to the last end",
                new Comparison.Measured("bridge", () -> tokens * 1e9 / span(together(generator, BURST, STREAM_TOKENS))),
                new Comparison.Measured(
                        "bare llama.cpp, all prompts, then all answers",
                        () -> tokens
                                * 1e9
                                / raw.run(BURST, STREAM_PROMPT, STREAM_TOKENS).all()));
    }

    /** Of each stream the pieces in the common time, from the first to the last of them: no step is counted in part. */
    private static double steadyRate(List<Timed> streams) {
        long from = streams.stream().mapToLong(Timed::firstAt).max().orElseThrow();
        long to = streams.stream().mapToLong(Timed::endAt).min().orElseThrow();
        double rate = 0;
        for (Timed stream : streams) {
            List<Long> common = stream.pieces().stream()
                    .filter(at -> at >= from && at <= to)
                    .toList();
            if (common.size() > 1) {
                rate += (common.size() - 1) * 1e9 / (common.getLast() - common.getFirst());
            }
        }
        return rate;
    }

    private static double span(List<Timed> streams) {
        return streams.stream().mapToLong(Timed::endAt).max().orElseThrow()
                - streams.stream().mapToLong(Timed::beganAt).min().orElseThrow();
    }

    private Comparison knownPrompt() {
        int known = 450;
        int added = 45;
        return Comparison.of(
                "chat-known-prompt",
                "milliseconds to the first token, " + added + " of " + (known + added) + " tokens new",
                new Comparison.Measured("known but for the end", () -> {
                    String prefix = words(known);
                    PromptReuse reuse = new PromptReuse(0, "bench");
                    timed(request(prefix, 1).reusing(reuse));
                    return timed(request(prefix + words(added), 1).reusing(reuse))
                                    .firstNanos()
                            / 1e6;
                }),
                new Comparison.Measured("cold", () -> ask(known + added, 1).firstNanos() / 1e6));
    }

    /** Two answers run while long prompts arrive at half the rate that the machine can read them. */
    private Figure gaps() {
        double secondsToRead = raw.run(1, LONG_PROMPT, 1).first() / 1e9;
        return Figure.of(
                "chat-gaps",
                "milliseconds, the longest pause of two answers while prompts of " + LONG_PROMPT
                        + " tokens arrive at half the rate that they can be read (%.1f s each alone)"
                                .formatted(secondsToRead),
                9,
                () -> longestGap(secondsToRead) / 1e6);
    }

    private double longestGap(double secondsToRead) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> arrivals = threads.submit(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    long began = System.nanoTime();
                    ask(LONG_PROMPT, 1);
                    // The next comes when as much time again has passed as reading one takes alone.
                    long rest = (long) (2 * secondsToRead * 1e9) - (System.nanoTime() - began);
                    LockSupport.parkNanos(Math.max(0, rest));
                }
            });
            List<Callable<Timed>> answers = List.of(() -> ask(32, 96), () -> ask(32, 96));
            long longest = 0;
            for (Future<Timed> answer : threads.invokeAll(answers)) {
                longest = Math.max(longest, answer.get().longestGapNanos());
            }
            // Whoever reads a prompt now is cancelled.
            arrivals.cancel(true);
            return longest;
        } catch (InterruptedException | ExecutionException e) {
            throw new InferenceFailed("The benchmark was interrupted or an answer failed", e);
        }
    }

    private Figure restart() {
        return Figure.of("chat-restart", "seconds from kill -9 to the next answer's first token", 9, () -> {
            long pid = status().pid();
            long began = System.nanoTime();
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            while (status().pid() == pid) {
                Thread.onSpinWait();
            }
            ask(16, 1);
            return (System.nanoTime() - began) / 1e9;
        });
    }

    private Figure memoryPerStream() {
        return Figure.of("chat-memory-per-stream", "MiB per stream beyond the first, of " + MOST_STREAMS, 1, () -> {
            long many = memoryWith(MOST_STREAMS);
            return (many - memoryWith(1)) / (MOST_STREAMS - 1.0) / (1 << 20);
        });
    }

    private long memoryWith(int streams) {
        try (InferenceWorkers own = InferenceWorkers.start(config.withSizes(WINDOW, streams, 4 * MOST_STREAMS))) {
            own.awaitReady();
            var _ = together(own.generator(), streams, STREAM_TOKENS);
            return own.status().getFirst().memoryBytes();
        }
    }

    private WorkerStatus status() {
        return workers.status().getFirst();
    }

    private List<Timed> together(Generator asked, int streams, int tokens) {
        List<Callable<Timed>> calls = new ArrayList<>();
        for (int i = 0; i < streams; i++) {
            ChatRequest request =
                    request(words(STREAM_PROMPT - frameTokens), tokens).from("caller" + i);
            calls.add(() -> timed(asked, request));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Timed> timed = new ArrayList<>();
            for (Future<Timed> call : threads.invokeAll(calls)) {
                timed.add(call.get());
            }
            return timed;
        } catch (InterruptedException | ExecutionException e) {
            throw new InferenceFailed("The benchmark was interrupted or an answer failed", e);
        }
    }

    private Timed ask(int promptTokens, int outputTokens) {
        return timed(request(words(promptTokens - frameTokens), outputTokens));
    }

    private ChatRequest request(String text, int outputTokens) {
        return new ChatRequest(
                List.of(new ChatMessage(ChatMessage.Role.USER, text)), endless, List.of(), outputTokens, LIMIT);
    }

    private Timed timed(ChatRequest request) {
        return timed(generator, request);
    }

    private static Timed timed(Generator asked, ChatRequest request) {
        long began = System.nanoTime();
        List<Long> pieces = new ArrayList<>();
        try (ChatStream stream = asked.chat(request)) {
            for (String piece = stream.next(); piece != null; piece = stream.next()) {
                pieces.add(System.nanoTime());
            }
            return new Timed(began, pieces, System.nanoTime());
        }
    }

    /**
     * When what happened to a stream, by {@link System#nanoTime}.
     *
     * @param pieces when each arrived; a piece is a token, but for tokens that are half a character
     */
    private record Timed(long beganAt, List<Long> pieces, long endAt) {
        long firstAt() {
            return pieces.isEmpty() ? endAt : pieces.getFirst();
        }

        long firstNanos() {
            return firstAt() - beganAt;
        }

        long allNanos() {
            return endAt - beganAt;
        }

        long longestGapNanos() {
            long longest = 0;
            for (int i = 1; i < pieces.size(); i++) {
                longest = Math.max(longest, pieces.get(i) - pieces.get(i - 1));
            }
            return longest;
        }
    }

    /** Text of so many tokens: single letters between spaces are one token each in every vocabulary that we met. */
    private String words(int tokens) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < tokens; i++) {
            text.append(i == 0 ? "" : " ").append((char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }
}

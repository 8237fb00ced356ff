package org.cartulary.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.cartulary.ingest.source.FolderWalk;
import org.cartulary.ingest.source.FoundFile;

/** Sends files, follows their jobs in order, and reports each when it is done. */
final class FileReports {
    /** Files sent ahead of the one whose end is awaited; the server's own queue has its own limit. */
    private static final int AHEAD = 64;

    /** Where reports go. */
    @FunctionalInterface
    interface Printer {
        void print(JsonNode report);
    }

    private final Console console;
    private final String collection;
    private final Printer printer;
    private final Instant started = Instant.now();
    private final Deque<String> waiting = new ArrayDeque<>();
    private int ready;
    private int duplicate;
    private int failed;
    private long passages;
    private long pages;

    FileReports(Console console, String collection, Printer printer) {
        this.console = console;
        this.collection = collection;
        this.printer = printer;
    }

    void takeIn(List<Path> roots) {
        FolderWalk.Found found = found(roots);
        found.remarks().forEach(Terminal::remark);
        for (FoundFile file : found.files()) {
            send(file);
            while (waiting.size() >= AHEAD) {
                reportNext();
            }
        }
    }

    private static FolderWalk.Found found(List<Path> roots) {
        try {
            return FolderWalk.under(roots);
        } catch (IllegalArgumentException e) {
            throw new CommandFailed(String.valueOf(e.getMessage()));
        }
    }

    JsonNode finish() {
        while (!waiting.isEmpty()) {
            reportNext();
        }
        return Console.JSON
                .createObjectNode()
                .put("files", ready + duplicate + failed)
                .put("ready", ready)
                .put("duplicate", duplicate)
                .put("failed", failed)
                .put("pages", pages)
                .put("passages", passages)
                .put("milliseconds", Duration.between(started, Instant.now()).toMillis());
    }

    private void send(FoundFile file) {
        if (!Files.isReadable(file.file())) {
            reportFailure(file, "This user may not read the file.");
            return;
        }
        String uri =
                "/api/collections/" + Console.encoded(collection) + "/documents?path=" + Console.encoded(file.path());
        try {
            waiting.add(console.upload(uri, file.file())
                    .path("jobs")
                    .path(0)
                    .path("id")
                    .asText());
        } catch (CommandFailed e) {
            reportFailure(file, String.valueOf(e.getMessage()));
        }
    }

    private void reportFailure(FoundFile file, String reason) {
        ObjectNode report = Console.JSON.createObjectNode();
        report.put("path", file.path()).put("state", "failed").put("reason", reason);
        report.putNull("pages").putNull("passages");
        failed++;
        printer.print(report);
    }

    private void reportNext() {
        String id = waiting.remove();
        JsonNode job = console.get("/api/jobs/" + id + "?wait=30");
        while (!isDone(job.path("state").asText())) {
            job = console.get("/api/jobs/" + id + "?wait=30");
        }
        count(job);
        ObjectNode report = Console.JSON.createObjectNode();
        for (String field : new String[] {"path", "state", "reason", "pages", "passages"}) {
            report.set(field, job.path(field));
        }
        printer.print(report);
    }

    private void count(JsonNode job) {
        switch (job.path("state").asText()) {
            case "ready" -> {
                ready++;
                passages += job.path("passages").asLong();
                pages += job.path("pages").asLong();
            }
            case "duplicate" -> duplicate++;
            default -> failed++;
        }
    }

    private static boolean isDone(String state) {
        return state.equals("ready") || state.equals("duplicate") || state.equals("failed");
    }
}

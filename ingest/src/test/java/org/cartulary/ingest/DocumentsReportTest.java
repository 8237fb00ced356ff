package org.cartulary.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.ingest.source.FolderWalk;
import org.cartulary.ingest.source.FoundFile;
import org.cartulary.ingest.testing.Installation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes all sample documents through the whole line and reports what came out; only with {@code -Dcartulary.long=true}. */
class DocumentsReportTest {
    private static final Logger LOG = LoggerFactory.getLogger(DocumentsReportTest.class);
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path home;

    @Test
    void saysOfEachSampleDocumentWhatCameOut() throws Exception {
        assumeThat(Boolean.getBoolean("cartulary.long")).as("a long test").isTrue();
        Path documents = Path.of(System.getProperty("cartulary.shared", "absent"), "documents");
        assumeThat(documents).as("the sample documents are not here").isDirectory();
        try (Installation installation = new Installation(home, IngestSettings.defaults())) {
            installation.ingest().start();
            long start = System.nanoTime();
            List<Job> jobs = submitAll(installation, documents);
            List<Job> done = new ArrayList<>();
            for (Job job : jobs) {
                done.add(installation.ingest().await(job.id(), Duration.ofMinutes(30)));
            }
            report(done, Duration.ofNanos(System.nanoTime() - start), installation);
            assertThat(done).allMatch(job -> job.state().isFinal());
            assertThat(done)
                    .filteredOn(job -> job.state() == JobState.FAILED)
                    .allMatch(job -> job.reason() != null && !job.reason().isBlank());
        }
    }

    private static List<Job> submitAll(Installation installation, Path documents) throws IOException {
        List<Job> jobs = new ArrayList<>();
        for (FoundFile found : FolderWalk.under(List.of(documents)).files()) {
            try (InputStream in = Files.newInputStream(found.file())) {
                jobs.add(installation.ingest().submit(installation.collection(), found.path(), in, Principal.CONSOLE));
            }
        }
        return jobs;
    }

    private static void report(List<Job> jobs, Duration took, Installation installation) throws IOException {
        JobSummary summary =
                installation.ingest().summary(installation.collection().id());
        ObjectNode report = JSON.createObjectNode();
        report.put("seconds", took.toMillis() / 1000.0);
        report.put("summary", summary.sentence());
        report.put(
                "passages",
                jobs.stream().mapToInt(job -> orZero(job.passages())).sum());
        report.put("pages", jobs.stream().mapToInt(job -> orZero(job.pages())).sum());
        ArrayNode files = report.putArray("files");
        for (Job job : jobs) {
            LOG.warn(
                    "{} {} pages={} passages={} {}",
                    job.path(),
                    job.state().wireName(),
                    job.pages(),
                    job.passages(),
                    job.reason());
            files.addObject()
                    .put("path", job.path())
                    .put("state", job.state().wireName())
                    .put("reason", job.reason())
                    .put("pages", job.pages())
                    .put("passages", job.passages());
        }
        LOG.warn("{} in {} s", summary.sentence(), took.toSeconds());
        Files.createDirectories(Path.of("target"));
        JSON.writerWithDefaultPrettyPrinter()
                .writeValue(Path.of("target", "documents-report.json").toFile(), report);
    }

    private static int orZero(@org.jspecify.annotations.Nullable Integer value) {
        return value == null ? 0 : value;
    }
}

package org.cartulary.ingest.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.compliance.Authority;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.keys.DataKeys;
import org.cartulary.compliance.rights.ReadFilter;
import org.cartulary.compliance.testing.PostgresExtension;
import org.cartulary.ingest.Ingest;
import org.cartulary.ingest.IngestSettings;
import org.cartulary.ingest.Job;
import org.cartulary.retrieval.Retrieval;
import org.cartulary.retrieval.catalog.Collection;
import org.cartulary.retrieval.catalog.Document;
import org.cartulary.retrieval.index.Embedders;
import org.cartulary.retrieval.search.Hit;
import org.cartulary.retrieval.search.RerankPolicy;
import org.cartulary.retrieval.search.SearchRequest;
import org.jdbi.v3.core.Jdbi;

/** An installation to ingest into: a database and a home of its own, the real embedder. Restarting keeps both. */
public final class Installation implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Jdbi jdbi = PostgresExtension.database("compliance", "retrieval", "ingest");
    private final Path home;
    private final DataKeys keys;
    private final EvidenceLog evidence;
    private final IngestSettings settings;
    private final Retrieval retrieval;
    private final Collection collection;
    private Ingest ingest;

    public Installation(Path home, IngestSettings settings) {
        this.home = home;
        this.settings = settings;
        this.keys = DataKeys.open(home);
        this.evidence = EvidenceLog.open(jdbi, keys, home, Clock.systemUTC());
        this.retrieval = Retrieval.open(new Retrieval.Foundation(
                jdbi,
                home,
                Clock.systemUTC(),
                Embedders.only(RealEmbedder.get()),
                evidence,
                Authority.on(evidence, Clock.systemUTC()),
                keys,
                settings.chunkerVersion(),
                Optional::empty,
                RerankPolicy.DEFAULT));
        this.collection = retrieval.catalog().create("wards", Principal.CONSOLE).collection();
        this.ingest = open();
    }

    private Ingest open() {
        return new Ingest(
                new Ingest.Foundation(jdbi, home, Clock.systemUTC(), RealEmbedder.get(), retrieval), settings);
    }

    /** Ends ingest and opens it again on the same home and database, not yet started. */
    public void restart() {
        ingest.close();
        ingest = open();
    }

    public Ingest ingest() {
        return ingest;
    }

    public Retrieval retrieval() {
        return retrieval;
    }

    public Jdbi jdbi() {
        return jdbi;
    }

    public Path home() {
        return home;
    }

    public Collection collection() {
        return collection;
    }

    public Job submit(String path, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return ingest.submit(collection, path, new ByteArrayInputStream(bytes), Principal.CONSOLE);
    }

    public Job submit(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return ingest.submit(collection, file.getFileName().toString(), in, Principal.CONSOLE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The job when it is final. */
    public Job done(Job job) throws InterruptedException {
        return ingest.await(job.id(), PATIENCE);
    }

    public ReadFilter everything() {
        return retrieval.readableBy(Principal.CONSOLE);
    }

    public List<Document> documents() {
        return retrieval
                .catalog()
                .documents(collection.id(), everything(), null, 500)
                .documents();
    }

    public Document document(UUID id) {
        return retrieval.catalog().document(id, everything()).orElseThrow();
    }

    public List<Hit> search(String query) {
        return retrieval
                .search()
                .search(new SearchRequest(query, retrieval.inForce(everything()), 5))
                .hits();
    }

    @Override
    public void close() {
        ingest.close();
        retrieval.close();
        evidence.close();
        keys.close();
    }
}

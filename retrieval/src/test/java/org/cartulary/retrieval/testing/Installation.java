package org.cartulary.retrieval.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.cartulary.compliance.Authority;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.keys.DataKeys;
import org.cartulary.compliance.rights.ReadFilter;
import org.cartulary.compliance.testing.PostgresExtension;
import org.cartulary.inference.Reranker;
import org.cartulary.retrieval.Retrieval;
import org.cartulary.retrieval.building.Cutting;
import org.cartulary.retrieval.catalog.DocumentDraft;
import org.cartulary.retrieval.catalog.PassageDraft;
import org.cartulary.retrieval.catalog.Written;
import org.cartulary.retrieval.index.Embedders;
import org.cartulary.retrieval.originals.StagedOriginal;
import org.cartulary.retrieval.search.Hit;
import org.cartulary.retrieval.search.RerankPolicy;
import org.cartulary.retrieval.search.SearchRequest;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Retrieval on a database and a home of its own. Closing and opening it again is a restart. */
public final class Installation implements AutoCloseable {
    private final Jdbi jdbi = PostgresExtension.database("compliance", "retrieval");
    private final Path home;
    private final DataKeys keys;
    private final EvidenceLog evidence;
    private final Authority authority;
    private final Embedders embedders;
    private String chunker = "paragraphs-1";
    private @Nullable Cutting cutting;
    private Retrieval retrieval;
    private final AtomicReference<@Nullable Reranker> reranking = new AtomicReference<>();

    private Installation(Path home, Embedders embedders) {
        this.home = home;
        this.embedders = embedders;
        this.keys = DataKeys.open(home);
        this.evidence = EvidenceLog.open(jdbi, keys, home, Clock.systemUTC());
        this.authority = Authority.on(evidence, Clock.systemUTC());
        this.retrieval = open();
    }

    /** A fresh one. */
    public static Installation fresh() {
        return fresh(Embedders.only(TestEmbedder.shared()));
    }

    /** A fresh one with embedders of its own. */
    public static Installation fresh(Embedders embedders) {
        try {
            return new Installation(Files.createTempDirectory("cartulary-retrieval-"), embedders);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets a reranker read along from now on. */
    public void rerankWith(@Nullable Reranker reranker) {
        reranking.set(reranker);
    }

    public Retrieval retrieval() {
        return retrieval;
    }

    public Jdbi jdbi() {
        return jdbi;
    }

    public DataKeys keys() {
        return keys;
    }

    public Path home() {
        return home;
    }

    public Authority authority() {
        return authority;
    }

    /** Where the lexical index lies. */
    public Path lucene() {
        return home.resolve("lucene").resolve(retrieval.generation().name());
    }

    /** Stops retrieval as a kill would. */
    public void stop() {
        retrieval.close();
    }

    /** Starts retrieval on the same home and database. */
    public void start() {
        retrieval = open();
    }

    public UUID collection(String name) {
        return retrieval.catalog().create(name, Principal.CONSOLE).collection().id();
    }

    /** From the next start on, documents are cut otherwise. */
    public void cutBy(String version, Cutting how) {
        chunker = version;
        cutting = how;
    }

    public ReadFilter rights(Principal principal) {
        return retrieval.readableBy(principal);
    }

    /** Writes a document whose paragraphs, parted by blank lines, are its passages. */
    public Written write(UUID collection, String path, String text) {
        return retrieval.writer().write(draft(collection, path, text), Principal.CONSOLE, stage -> {});
    }

    /** Stages a text and makes the draft of its document. */
    public DocumentDraft draft(UUID collection, String path, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        StagedOriginal staged = retrieval.originals().stage(new ByteArrayInputStream(bytes), 1 << 20);
        List<PassageDraft> passages = new ArrayList<>();
        int start = 0;
        for (String paragraph : text.split("\n\n", -1)) {
            int end = start + paragraph.length();
            passages.add(new PassageDraft(passages.size(), paragraph, start, end, null, null));
            start = end + 2;
        }
        return new DocumentDraft(
                staged.document(),
                collection,
                path,
                path,
                "text/plain",
                staged.sha256(),
                staged.bytes(),
                null,
                "en",
                text,
                passages,
                null);
    }

    public List<Hit> search(String question, ReadFilter filter) {
        return retrieval
                .search()
                .search(new SearchRequest(question, retrieval.inForce(filter), 10))
                .hits();
    }

    /** What is in force, for the console. */
    public SearchRequest request(String question) {
        return new SearchRequest(question, retrieval.inForce(rights(Principal.CONSOLE)), 50, false, false);
    }

    public List<Hit> search(String question) {
        return search(question, rights(Principal.CONSOLE));
    }

    @Override
    public void close() {
        retrieval.close();
        evidence.close();
        keys.close();
    }

    private Retrieval open() {
        Retrieval opened = Retrieval.open(new Retrieval.Foundation(
                jdbi,
                home,
                Clock.systemUTC(),
                embedders,
                evidence,
                authority,
                keys,
                chunker,
                () -> Optional.ofNullable(reranking.get()),
                RerankPolicy.DEFAULT));
        opened.builder().start(cutting);
        return opened;
    }
}

package org.cartulary.retrieval.lexical;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An open Lucene index and the change that it has come to. Changed by one thread; searched by any. */
final class OpenIndex {
    private static final Logger LOG = LoggerFactory.getLogger(OpenIndex.class);
    private static final int CHANGES_AT_ONCE = 100;
    private static final long COMMIT_EVERY_NANOS = 1_000_000_000;

    private final Jdbi jdbi;
    private final IndexFiles files;
    private final PassageSource source;
    private final Directory directory;
    private final IndexWriter writer;
    private final SearcherManager searchers;
    private volatile long applied;
    private long committed;
    private long committedAtNanos = System.nanoTime();

    private OpenIndex(Jdbi jdbi, IndexFiles files, PassageSource source, IndexWriter writer, long committed)
            throws IOException {
        this.jdbi = jdbi;
        this.files = files;
        this.source = source;
        this.directory = writer.getDirectory();
        this.writer = writer;
        this.searchers = new SearcherManager(writer, null);
        this.applied = committed;
        this.committed = committed;
    }

    /** Opens the index in its directory, or makes it again where it cannot be trusted to follow PostgreSQL. */
    static OpenIndex open(Jdbi jdbi, IndexFiles files, PassageSource source) throws IOException {
        IndexFiles.Committed committed = files.committed();
        if (committed == null) {
            return rebuild(jdbi, files, source);
        }
        String identity = jdbi.withHandle(handle -> ChangeLog.identity(handle, committed.change()));
        if (!identity.equals(committed.identity())) {
            LOG.warn(
                    "The lexical index has the change {} of {}, but PostgreSQL has {}: it is made again",
                    committed.change(),
                    committed.identity(),
                    identity);
            return rebuild(jdbi, files, source);
        }
        return new OpenIndex(jdbi, files, source, files.openWriter(false), committed.change());
    }

    private static OpenIndex rebuild(Jdbi jdbi, IndexFiles files, PassageSource source) throws IOException {
        IndexWriter writer = files.openWriter(true);
        try {
            long change = jdbi.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, handle -> {
                long last = ChangeLog.last(handle);
                source.addAll(handle, writer);
                return last;
            });
            OpenIndex index = new OpenIndex(jdbi, files, source, writer, change);
            index.writeCommit();
            LOG.info("The lexical index was made again up to change {}", change);
            return index;
        } catch (IOException | RuntimeException e) {
            writer.close();
            writer.getDirectory().close();
            throw e;
        }
    }

    long applied() {
        return applied;
    }

    boolean isOpen() {
        return writer.isOpen();
    }

    SearcherManager searchers() {
        return searchers;
    }

    /**
     * Applies the next changes, if there are any, and shows them to searchers.
     *
     * @return whether there may be more
     */
    boolean applyNext() throws IOException {
        List<Change> changes = jdbi.inTransaction(handle -> applyFrom(handle));
        if (changes.isEmpty()) {
            return false;
        }
        searchers.maybeRefreshBlocking();
        applied = changes.getLast().number();
        return changes.size() == CHANGES_AT_ONCE;
    }

    private List<Change> applyFrom(Handle handle) {
        List<Change> changes = ChangeLog.after(handle, applied, CHANGES_AT_ONCE);
        try {
            for (Change change : changes) {
                apply(handle, change);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Lucene could not take a change", e);
        }
        return changes;
    }

    /** Deletes before it adds, so that a change applied twice, after a kill, comes to the same. */
    private void apply(Handle handle, Change change) throws IOException {
        if (change.removed() != null) {
            writer.deleteDocuments(Fields.document(change.removed()));
        }
        if (change.added() != null) {
            writer.deleteDocuments(Fields.document(change.added()));
            source.addDocument(handle, change.added(), writer);
        }
    }

    /** Makes what was applied durable now and then: a kill costs only applying the rest again. */
    void commitIfDue() throws IOException {
        long now = System.nanoTime();
        if (committed != applied && now - committedAtNanos >= COMMIT_EVERY_NANOS) {
            writeCommit();
        }
    }

    private void writeCommit() throws IOException {
        long change = applied;
        String identity = jdbi.withHandle(handle -> ChangeLog.identity(handle, change));
        writer.setLiveCommitData(
                files.userData(new IndexFiles.Committed(change, identity)).entrySet());
        writer.commit();
        committed = change;
        committedAtNanos = System.nanoTime();
    }

    /** Closes without a commit, as a kill would. */
    void close() {
        try (directory;
                writer;
                searchers) {
            LOG.debug("The lexical index is closed at change {}", applied);
        } catch (IOException e) {
            throw new UncheckedIOException("The lexical index could not be closed", e);
        }
    }
}

package org.cartulary.retrieval.catalog;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.policy.PolicyChange;
import org.cartulary.compliance.retention.Holds;
import org.cartulary.compliance.rights.Marking;
import org.cartulary.retrieval.dense.PassageEmbedding;
import org.cartulary.retrieval.generation.Generations;
import org.cartulary.retrieval.index.Index;
import org.cartulary.retrieval.index.Indexes;
import org.cartulary.retrieval.language.PassageLanguages;
import org.cartulary.retrieval.lexical.ChangeLog;
import org.cartulary.retrieval.originals.Originals;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLState;

/**
 * The one way in and out for documents. Each act is one transaction of rows, vectors, change number and evidence; the
 * lexical index has it when the call returns. Thread-safe.
 */
public final class DocumentWriter {
    private static final Duration LEXICAL_PATIENCE = Duration.ofSeconds(60);

    private final Jdbi jdbi;
    private final Originals originals;
    private final Indexes indexes;
    private final ChangeLog changes;
    private final DocumentRows rows;
    private final DocumentEvidence evidence;
    private final DocumentMarks marks;
    private final Supersession supersession;

    public DocumentWriter(Jdbi jdbi, Originals originals, Indexes indexes, EvidenceLog evidence, Clock clock) {
        this.jdbi = jdbi;
        this.originals = originals;
        this.indexes = indexes;
        this.changes = new ChangeLog(clock);
        this.rows = new DocumentRows(clock);
        this.evidence = new DocumentEvidence(evidence);
        this.marks = new DocumentMarks(clock, changes);
        this.supersession = new Supersession(changes);
    }

    /**
     * Indexes a document and keeps its staged original. A ready document at the same path, and a failed one, are
     * replaced in the same transaction.
     *
     * @param progress told of each stage as it begins
     * @throws org.cartulary.retrieval.originals.OriginalMissing when no original is staged under the draft's id
     * @throws org.cartulary.inference.InferenceRefused when a passage is longer than the embedder takes
     * @throws org.cartulary.inference.InferenceFailed when the embedder is not up; nothing was written
     * @throws org.cartulary.retrieval.lexical.IndexBehind when it is committed, but not yet found by words
     */
    public Written write(DocumentDraft draft, Principal actor, Consumer<Stage> progress) {
        Optional<Written> written = Optional.empty();
        List<String> languages = languages(draft.text(), draft.language(), draft.passages());
        AtomicReference<@Nullable Index> before = new AtomicReference<>();
        while (written.isEmpty()) {
            written = indexes.with(index -> {
                if (before.getAndSet(index) == index) {
                    throw new IllegalStateException("The database has another index for the one that is searched than "
                            + index.generation().name() + ", which is searched here: nothing was written. Try again"
                            + " in a minute; if it stays so, restart the appliance.");
                }
                return write(index, draft, languages, actor, progress);
            });
        }
        return written.get();
    }

    /** Empty where another index took this one's place meanwhile, which has other vectors. */
    private Optional<Written> write(
            Index index, DocumentDraft draft, List<String> languages, Principal actor, Consumer<Stage> progress) {
        progress.accept(Stage.EMBEDDING);
        List<float[]> embedded = new PassageEmbedding(index.embedder().by("documents"))
                .embed(draft.passages().stream()
                        .map(passage -> new PassageEmbedding.Input(draft.title(), passage.anchor(), passage.text()))
                        .toList());
        progress.accept(Stage.INDEXING);
        Optional<Commit> done;
        try {
            done = jdbi.inTransaction(handle -> write(handle, index, new Prepared(draft, languages, embedded), actor));
        } catch (UnableToExecuteStatementException e) {
            return Optional.of(duplicate(draft, e));
        }
        return done.map(commit -> {
            commit.gone().forEach(originals::discard);
            index.lexical().await(commit.change(), LEXICAL_PATIENCE);
            progress.accept(Stage.READY);
            return new Written.Ready(
                    draft.id(), commit.change(), commit.replaced().orElse(null));
        });
    }

    private static List<String> languages(String text, String stated, List<PassageDraft> passages) {
        return PassageLanguages.of(
                text, stated, passages.stream().map(PassageDraft::text).toList());
    }

    /** Waits until the index that is searched has a change. */
    private void await(long change) {
        Object _ = indexes.with(index -> {
            index.lexical().await(change, LEXICAL_PATIENCE);
            return index;
        });
    }

    /**
     * Gives a document the text and passages of another cut as well; nothing happens where it is gone or has them.
     *
     * @param text null for the text and passages that are searched now
     * @param announce whether an index of that cut follows already and is to be told
     */
    public void addCut(UUID document, int cut, @Nullable String text, List<PassageDraft> passages, boolean announce) {
        jdbi.useTransaction(handle -> {
            Generations.lockShared(handle);
            Optional<Document> found = DocumentRows.locked(handle, document)
                    .filter(one -> one.state() == DocumentState.READY)
                    .filter(one -> !DocumentRows.isCut(handle, document, cut));
            found.ifPresent(one -> {
                if (text == null || passages.isEmpty()) {
                    DocumentRows.copyCut(handle, document, cut);
                } else {
                    List<Long> _ = DocumentRows.insertPassages(
                            handle,
                            document,
                            one.collection(),
                            cut,
                            text,
                            passages,
                            languages(text, one.language(), passages));
                }
                if (announce) {
                    long _ = changes.append(handle, document, null);
                }
            });
        });
    }

    /**
     * Keeps a document that could not be read, with the reason and its original, so that it can be retried. A ready
     * document at its path stays. Nothing becomes findable, so there is no entry in the log.
     */
    public void markFailed(FailedDraft draft) {
        Optional<UUID> before = jdbi.inTransaction(handle -> {
            Generations.lockShared(handle);
            DocumentRows.lockPath(handle, draft.collection(), draft.path());
            Optional<Document> failed = DocumentRows.at(handle, draft.collection(), draft.path(), DocumentState.FAILED);
            OwnMarks own = DocumentRows.ownMarks(handle, draft.collection(), draft.path());
            Details details =
                    DetailRows.at(handle, draft.collection(), draft.path()).orElse(Details.NONE);
            failed.ifPresent(document -> delete(handle, document.id()));
            Marking marking = marks.mark(handle, draft.id(), draft.collection(), draft.path(), own);
            rows.insertFailed(handle, draft, own, details, marking.id(), originals.keyOf(draft.id()));
            originals.promote(draft.id());
            return failed.map(Document::id).filter(id -> !id.equals(draft.id()));
        });
        before.ifPresent(originals::discard);
    }

    /**
     * Removes a document from both indexes and destroys the key of its original.
     *
     * @return false when there is none
     * @throws org.cartulary.compliance.retention.Held where it is under a hold; nothing was changed
     * @throws org.cartulary.retrieval.lexical.IndexBehind when it is gone from the catalog, but not yet from Lucene
     */
    public boolean delete(UUID document, Principal actor) {
        return deleted(document, jdbi.inTransaction(handle -> delete(handle, document, actor)));
    }

    /**
     * As {@link #delete(UUID, Principal)}, of a document that was deleted before and that an older copy of the database brought
     * back. That it was allowed to go was decided then, and its original is gone, so no hold that the copy still knows keeps it.
     */
    public boolean deleteAgain(UUID document, Principal actor) {
        return deleted(document, jdbi.inTransaction(handle -> {
            Generations.lockShared(handle);
            return Supersession.alone(handle, document)
                    .map(gone -> delete(handle, gone, actor))
                    .orElse(-1L);
        }));
    }

    private boolean deleted(UUID document, long change) {
        if (change < 0) {
            return false;
        }
        originals.discard(document);
        await(change);
        return true;
    }

    /**
     * Removes a collection with all its documents, in the caller's transaction; both indexes follow. Keys and originals are
     * destroyed after the commit, or at the next start.
     *
     * @return false where there is none
     * @throws org.cartulary.compliance.retention.Held where it, or a document of it, is under a hold; nothing was changed
     */
    public boolean deleteCollection(Handle handle, UUID collection, Principal actor) {
        Generations.lockShared(handle);
        DocumentRows.lockSupersession(handle, collection, true);
        List<UUID> documents = handle.createQuery(
                        "SELECT id FROM retrieval.documents WHERE collection = :collection ORDER BY id FOR UPDATE")
                .bind("collection", collection)
                .mapTo(UUID.class)
                .list();
        // All of them first: whoever is refused finds nothing changed.
        Holds.requireNone(handle, collection, collection);
        documents.forEach(document -> Holds.requireNone(handle, document, collection));
        documents.forEach(document -> {
            long _ = delete(handle, document, actor);
        });
        int removed = handle.createUpdate("DELETE FROM retrieval.collections WHERE id = :collection")
                .bind("collection", collection)
                .execute();
        handle.afterCommit(() -> {
            documents.forEach(originals::discard);
            Object _ = indexes.with(index -> {
                index.lexical().wake();
                return index;
            });
        });
        return removed == 1;
    }

    /**
     * Makes a change of policy, and in the same transaction marks the documents of a collection anew as it says.
     *
     * @param change of path rules, say; where it is not made, nothing is marked
     * @throws org.cartulary.retrieval.lexical.IndexBehind when it is committed, but Lucene does not know it yet
     */
    public PolicyChange remark(UUID collection, Function<Handle, PolicyChange> change) {
        AtomicLong last = new AtomicLong();
        PolicyChange outcome = jdbi.inTransaction(handle -> {
            Generations.lockShared(handle);
            PolicyChange made = change.apply(handle);
            if (made instanceof PolicyChange.Made) {
                last.set(marks.remark(handle, "collection = :scope", collection));
            }
            return made;
        });
        await(last.get());
        return outcome;
    }

    /**
     * Sets what a document is marked with itself; false where there is no such document. What its path says stays.
     *
     * @throws org.cartulary.retrieval.lexical.IndexBehind when it is committed, but Lucene does not know it yet
     */
    public boolean mark(UUID document, OwnMarks own, Principal actor) {
        AtomicLong last = new AtomicLong();
        boolean found = jdbi.inTransaction(handle -> {
            Generations.lockShared(handle);
            Optional<Document> marked = marks.set(handle, document, own);
            marked.ifPresent(one -> {
                evidence.marked(handle, actor, one, own);
                last.set(marks.remark(handle, "id = :scope", document));
            });
            return marked.isPresent();
        });
        await(last.get());
        return found;
    }

    /** What became of a wish to say something of a document. */
    public sealed interface Described {
        record Done(Document document) implements Described {}

        record NotFound() implements Described {}

        /** It would supersede itself, by way of others; nothing was changed. */
        record Circle() implements Described {}
    }

    /**
     * Says of a document whatever the house says of it, in place of what was said before. Documents that it supersedes follow
     * in the same transaction.
     *
     * @throws org.cartulary.retrieval.lexical.IndexBehind when it is committed, but Lucene does not know it yet
     */
    public Described describe(UUID document, Details details, Principal actor) {
        AtomicLong last = new AtomicLong();
        Described outcome = jdbi.inTransaction(handle -> describe(handle, document, details, actor, last));
        await(last.get());
        return outcome;
    }

    private Described describe(Handle handle, UUID id, Details details, Principal actor, AtomicLong last) {
        Optional<Document> found = Supersession.alone(handle, id);
        if (found.isEmpty()) {
            return new Described.NotFound();
        }
        Document before = found.get();
        if (DetailRows.wouldCircle(handle, before.collection(), before.path(), details.supersedes())) {
            return new Described.Circle();
        }
        Document after = DetailRows.set(handle, id, details).orElseThrow();
        evidence.described(handle, actor, after);
        last.set(supersession.follow(handle, after.collection(), after.path(), before.details(), details));
        if (after.state() == DocumentState.READY) {
            last.set(changes.append(handle, id, null));
        }
        return new Described.Done(DocumentRows.locked(handle, id).orElseThrow());
    }

    /** Marks what the version before this one left unmarked. Called at start. */
    public void markUnmarked() {
        long last = jdbi.inTransaction(handle -> {
            Generations.lockShared(handle);
            return marks.remark(handle, "marking IS NULL AND CAST(:scope AS uuid) IS NOT NULL", new UUID(0, 0));
        });
        await(last);
    }

    private record Commit(long change, Optional<UUID> replaced, List<UUID> gone) {}

    /**
     * A document with all that takes time done.
     *
     * @param languages one for each passage
     * @param embedded likewise
     */
    private record Prepared(DocumentDraft draft, List<String> languages, List<float[]> embedded) {}

    private Optional<Commit> write(Handle handle, Index index, Prepared document, Principal actor) {
        Generations.lockShared(handle);
        return Generations.active(handle).equals(Optional.of(index.generation()))
                ? Optional.of(commit(handle, index, document, actor))
                : Optional.empty();
    }

    private Commit commit(Handle handle, Index index, Prepared document, Principal actor) {
        DocumentDraft draft = document.draft();
        DocumentRows.lockSupersession(handle, draft.collection(), draft.details() != null);
        DocumentRows.lockPath(handle, draft.collection(), draft.path());
        OwnMarks own = DocumentRows.ownMarks(handle, draft.collection(), draft.path());
        Optional<Details> before = DetailRows.at(handle, draft.collection(), draft.path());
        Details details = draft.details() == null ? before.orElse(Details.NONE) : draft.details();
        if (DetailRows.wouldCircle(handle, draft.collection(), draft.path(), details.supersedes())) {
            throw new IllegalArgumentException("The document " + draft.path()
                    + " would supersede itself, by way of others: " + details.supersedes());
        }
        Optional<UUID> ready = remove(handle, draft, DocumentState.READY);
        Optional<UUID> failed = remove(handle, draft, DocumentState.FAILED);
        Marking marking = marks.mark(handle, draft.id(), draft.collection(), draft.path(), own);
        rows.insertReady(handle, draft, own, details, marking.id(), originals.keyOf(draft.id()));
        List<Long> passages = DocumentRows.insertPassages(
                handle,
                draft.id(),
                draft.collection(),
                index.generation().cut(),
                draft.text(),
                draft.passages(),
                document.languages());
        index.vectors().add(handle, draft.id(), marking.id(), passages, document.embedded());
        evidence.written(handle, actor, draft, details, ready.orElse(null));
        long _ = supersession.follow(handle, draft.collection(), draft.path(), before.orElse(Details.NONE), details);
        // Kept before the commit: a kill in between leaves a file without a row, which the next start sweeps away.
        originals.promote(draft.id());
        long change = changes.append(handle, draft.id(), ready.orElse(null));
        List<UUID> gone = Stream.of(ready, failed)
                .flatMap(Optional::stream)
                .filter(id -> !id.equals(draft.id()))
                .toList();
        return new Commit(change, ready, gone);
    }

    /** Same bytes at the same path are no new version: they are left for the unique index to refuse. */
    private Optional<UUID> remove(Handle handle, DocumentDraft draft, DocumentState state) {
        Optional<UUID> found = DocumentRows.at(handle, draft.collection(), draft.path(), state)
                .filter(document -> state == DocumentState.FAILED
                        || !document.sha256().equals(HexFormat.of().formatHex(draft.sha256())))
                .map(Document::id);
        found.ifPresent(id -> {
            if (state == DocumentState.READY) {
                Holds.requireNone(handle, id, draft.collection());
            }
            delete(handle, id);
        });
        return found;
    }

    private void delete(Handle handle, UUID document) {
        DocumentRows.delete(handle, document);
        marks.unmark(handle, document);
    }

    private long delete(Handle handle, UUID document, Principal actor) {
        Generations.lockShared(handle);
        Optional<Document> found = Supersession.alone(handle, document);
        if (found.isEmpty()) {
            return -1;
        }
        Holds.requireNone(handle, document, found.get().collection());
        return delete(handle, found.get(), actor);
    }

    private long delete(Handle handle, Document gone, Principal actor) {
        delete(handle, gone.id());
        evidence.deleted(handle, actor, gone);
        long _ = supersession.follow(handle, gone.collection(), gone.path(), gone.details(), Details.NONE);
        return changes.append(handle, null, gone.id());
    }

    /** Another writer brought the same bytes in first; anything else that the database refuses is a fault. */
    private Written duplicate(DocumentDraft draft, UnableToExecuteStatementException refused) {
        Optional<Document> existing = isUniqueViolation(refused)
                ? jdbi.withHandle(handle -> DocumentRows.sameBytes(handle, draft.collection(), draft.sha256()))
                : Optional.empty();
        UUID id = existing.orElseThrow(() -> refused).id();
        originals.discard(draft.id());
        return new Written.Duplicate(id);
    }

    private static boolean isUniqueViolation(UnableToExecuteStatementException refused) {
        return refused.getCause() instanceof SQLException cause
                && PSQLState.UNIQUE_VIOLATION.getState().equals(cause.getSQLState());
    }
}

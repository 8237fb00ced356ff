package org.cartulary.retrieval.generation;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Passages and texts of dropped generations, deleted a few documents at a time, so that no search and no writer waits. What
 * is left is marked in the database and gone on with after a kill. Used by one thread.
 */
public final class Leftovers {
    private static final int DOCUMENTS_AT_ONCE = 20;

    private final Jdbi jdbi;
    private @Nullable UUID after;

    public Leftovers(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Deletes some.
     *
     * @return false where nothing is left, or somebody else holds what is left
     */
    public boolean deleteSome() {
        return jdbi.inTransaction(handle -> {
            Optional<Integer> cut = handle.createQuery(
                            "SELECT min(cut) FROM retrieval.generations WHERE leftovers HAVING count(*) > 0")
                    .mapTo(Integer.class)
                    .findOne();
            return cut.isPresent() && deleteSome(handle, cut.get());
        });
    }

    private boolean deleteSome(Handle handle, int cut) {
        List<UUID> next = next(handle, cut);
        if (next.isEmpty()) {
            boolean began = after == null;
            after = null;
            return isClear(handle, cut) ? forget(handle, cut) : !began;
        }
        delete(handle, "retrieval.passages", cut, next);
        delete(handle, "retrieval.document_texts", cut, next);
        after = next.getLast();
        return true;
    }

    /** Documents that are being deleted are passed over: waiting for their passages could lock both for ever. */
    private List<UUID> next(Handle handle, int cut) {
        return handle.createQuery("""
                        SELECT d.id FROM retrieval.document_texts t JOIN retrieval.documents d ON d.id = t.document
                        WHERE t.cut = :cut AND (CAST(:after AS uuid) IS NULL OR t.document > :after)
                        ORDER BY t.document LIMIT :limit FOR KEY SHARE OF d SKIP LOCKED
                        """)
                .bind("cut", cut)
                .bindByType("after", after, UUID.class)
                .bind("limit", DOCUMENTS_AT_ONCE)
                .mapTo(UUID.class)
                .list();
    }

    private static void delete(Handle handle, String table, int cut, List<UUID> documents) {
        handle.createUpdate("DELETE FROM " + table + " WHERE cut = :cut AND document = ANY(:documents)")
                .bind("cut", cut)
                .bindArray("documents", UUID.class, documents)
                .execute();
    }

    private static boolean isClear(Handle handle, int cut) {
        return handle.createQuery("SELECT NOT EXISTS (SELECT 1 FROM retrieval.document_texts WHERE cut = :cut)")
                .bind("cut", cut)
                .mapTo(Boolean.class)
                .one();
    }

    /** Others may have left something too. */
    private static boolean forget(Handle handle, int cut) {
        handle.execute("UPDATE retrieval.generations SET leftovers = false WHERE cut = ?", cut);
        return true;
    }
}

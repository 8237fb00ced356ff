package org.cartulary.retrieval.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.retrieval.building.IndexBuilder;
import org.cartulary.retrieval.index.Indexes;
import org.cartulary.retrieval.lexical.ChangeLog;
import org.cartulary.retrieval.replay.ReplayedSearch.Difference;
import org.cartulary.retrieval.replay.ReplayedSearch.Grade;
import org.cartulary.retrieval.replay.ReplayedSearch.Reason;
import org.cartulary.retrieval.search.Hit;
import org.cartulary.retrieval.search.Search;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Makes recorded searches again: on the index of then, with the vectors, the rights, the wishes and the reranker's scores of then, among the
 * documents of now. Where no document changed since, the hits are the same to the last digit, as long as all vectors are
 * compared; above that many passages the graph decides which are looked at, and it grows with what is written. Thread-safe.
 */
public final class SearchReplay {
    private static final Duration LEXICAL_PATIENCE = Duration.ofSeconds(60);

    private final Jdbi jdbi;
    private final IndexBuilder indexes;

    public SearchReplay(Jdbi jdbi, IndexBuilder indexes) {
        this.jdbi = jdbi;
        this.indexes = indexes;
    }

    /** Empty where the index of then was dropped. */
    public Optional<ReplayedSearch> replay(RecordedSearch recorded) {
        return indexes.with(recorded.index(), false, index -> replay(recorded, index));
    }

    private ReplayedSearch replay(RecordedSearch recorded, Indexes index) {
        List<Hit> all = new Search(jdbi, index, LEXICAL_PATIENCE)
                .searchAgain(recorded.request(), recorded.vectors(), recorded.readings(), recorded.reranker())
                .hits();
        int from = Math.min(recorded.offset(), all.size());
        List<Hit> again = all.subList(from, Math.min(from + recorded.hits().size(), all.size()));
        long since = jdbi.withHandle(ChangeLog::last) - recorded.change();
        Grade grade = grade(recorded.hits(), again);
        List<Difference> differences =
                grade == Grade.DIFFERS ? jdbi.withHandle(handle -> differences(handle, recorded, again)) : List.of();
        return new ReplayedSearch(recorded.index(), grade, again.size(), since, differences);
    }

    private static Grade grade(List<RecordedSearch.RecordedHit> recorded, List<Hit> again) {
        boolean samePassages = recorded.stream()
                .map(RecordedSearch.RecordedHit::passage)
                .toList()
                .equals(again.stream().map(Hit::passage).toList());
        boolean sameScores = recorded.stream()
                .map(RecordedSearch.RecordedHit::scores)
                .toList()
                .equals(again.stream().map(Hit::scores).toList());
        return samePassages ? (sameScores ? Grade.EXACT : Grade.SAME_HITS) : Grade.DIFFERS;
    }

    /** Where a passage stood and stands. */
    private record Ranks(
            UUID document,
            @Nullable Integer before,
            @Nullable Integer now) {}

    private static List<Difference> differences(Handle handle, RecordedSearch recorded, List<Hit> again) {
        Map<Long, Ranks> ranks = new LinkedHashMap<>();
        for (int i = 0; i < recorded.hits().size(); i++) {
            RecordedSearch.RecordedHit hit = recorded.hits().get(i);
            ranks.put(hit.passage(), new Ranks(hit.document(), i + 1, null));
        }
        for (int i = 0; i < again.size(); i++) {
            Hit hit = again.get(i);
            Ranks before = ranks.get(hit.passage());
            ranks.put(hit.passage(), new Ranks(hit.document(), before == null ? null : before.before(), i + 1));
        }
        List<Difference> differences = new ArrayList<>();
        ranks.forEach((passage, rank) -> {
            if (rank.before() == null || !rank.before().equals(rank.now())) {
                differences.add(new Difference(
                        passage, rank.document(), rank.before(), rank.now(), reason(handle, recorded, rank)));
            }
        });
        differences.sort(Comparator.comparingInt(SearchReplay::best));
        return differences;
    }

    private static int best(Difference difference) {
        Integer before = difference.before();
        Integer now = difference.now();
        return Math.min(before == null ? Integer.MAX_VALUE : before, now == null ? Integer.MAX_VALUE : now);
    }

    private static Reason reason(Handle handle, RecordedSearch recorded, Ranks rank) {
        if (!exists(handle, "SELECT 1 FROM retrieval.documents WHERE id = :document", rank.document(), 0)) {
            return Reason.GONE;
        }
        boolean changed = exists(
                handle,
                "SELECT 1 FROM retrieval.changes WHERE added = :document AND number > :change",
                rank.document(),
                recorded.change());
        boolean known = exists(
                handle,
                "SELECT 1 FROM retrieval.changes WHERE added = :document AND number <= :change",
                rank.document(),
                recorded.change());
        if (!changed) {
            return Reason.MOVED;
        }
        return known ? Reason.CHANGED : Reason.WRITTEN_SINCE;
    }

    private static boolean exists(Handle handle, String rows, UUID document, long change) {
        return handle.createQuery("SELECT EXISTS (" + rows + ") AND :change >= 0")
                .bind("document", document)
                .bind("change", change)
                .mapTo(Boolean.class)
                .one();
    }
}

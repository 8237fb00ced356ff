package org.cartulary.appliance.audit;

import io.micronaut.http.HttpStatus;
import java.util.Optional;
import org.cartulary.appliance.access.Refused;
import org.cartulary.appliance.asking.SearchRecord;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.retrieval.replay.RecordedSearch;
import org.cartulary.retrieval.replay.ReplayedSearch;
import org.cartulary.retrieval.replay.SearchReplay;
import org.jdbi.v3.core.Jdbi;

/** Makes the search of a recorded question again, and says how far it came out the same. Thread-safe. */
public final class SearchReplaying {
    private final Jdbi jdbi;
    private final EvidenceLog log;
    private final SearchReplay replay;

    public SearchReplaying(Jdbi jdbi, EvidenceLog log, SearchReplay replay) {
        this.jdbi = jdbi;
        this.log = log;
        this.replay = replay;
    }

    /**
     * Replays the search of a question. No text leaves: ids, ranks and the grade.
     *
     * @throws Refused where there is no such question, nothing was searched, or its index was dropped
     */
    public ReplayedSearch replay(long question) {
        RecordedSearch recorded = recorded(question)
                .orElseThrow(() -> new Refused(
                        HttpStatus.CONFLICT,
                        "Question " + question + " has no search on record: there was none, its record was destroyed,"
                                + " or it is older than replays of searches."));
        return replay.replay(recorded)
                .orElseThrow(() -> new Refused(
                        HttpStatus.CONFLICT,
                        "The index " + recorded.index() + ", which question " + question
                                + " was searched in, was dropped: the search cannot be replayed."));
    }

    private Optional<RecordedSearch> recorded(long question) {
        return jdbi.inTransaction(handle -> log.opened(handle, question)).stream()
                .filter(entry -> entry.type() == EntryType.RETRIEVED)
                .flatMap(entry -> entry.sealed().stream())
                .flatMap(fields -> SearchRecord.read(fields).stream())
                .findFirst();
    }
}

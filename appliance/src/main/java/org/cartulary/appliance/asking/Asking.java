package org.cartulary.appliance.asking;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.evidence.EvidenceUnavailable;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.rights.ReadFilter;
import org.cartulary.inference.ModelCard;
import org.cartulary.retrieval.answerability.Answerability;
import org.cartulary.retrieval.answerability.Judgment;
import org.cartulary.retrieval.answerability.Trials;
import org.cartulary.retrieval.conflict.Conflict;
import org.cartulary.retrieval.conflict.Conflicts;
import org.cartulary.retrieval.quote.Candidate;
import org.cartulary.retrieval.quote.CandidateScorer;
import org.cartulary.retrieval.scope.SearchScope;
import org.cartulary.retrieval.search.Hit;
import org.cartulary.retrieval.search.Search;
import org.cartulary.retrieval.search.SearchRequest;
import org.cartulary.retrieval.search.SearchResult;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life of a question, from the entry {@code asked} to the receipt. Thread-safe. */
public final class Asking {
    private static final Logger LOG = LoggerFactory.getLogger(Asking.class);
    private static final String ABSTENTION = "The documents do not say.";

    private static final String UNJUDGED =
            "Whether the documents answer this cannot be judged, because no calibration was made"
                    + " for the embedder that they are searched with. An administrator makes one (calibrate) and chooses it"
                    + " (calibrations use).";

    private final QuestionLog log;
    private final EvidenceLog evidence;
    private final Rights rights;
    private final Search search;
    private final CandidateScorer scorer;
    private final Answerability answerability;
    private final Wording wording;
    private final Duration receiptPatience;

    Asking(
            QuestionLog log,
            EvidenceLog evidence,
            Rights rights,
            Search search,
            CandidateScorer scorer,
            Answerability answerability,
            Wording wording,
            Duration receiptPatience) {
        this.log = log;
        this.evidence = evidence;
        this.rights = rights;
        this.search = search;
        this.scorer = scorer;
        this.answerability = answerability;
        this.wording = wording;
        this.receiptPatience = receiptPatience;
    }

    /**
     * Answers from a collection, or abstains.
     *
     * @throws QuestionCancelled when nobody waits any more before the answer is final
     * @throws EvidenceUnavailable when the question or its end cannot be recorded; nothing was answered then
     */
    public Answer ask(Principal by, Question asked, Presence presence, AnswerListener listener) {
        Map<String, Object> recorded =
                asked.recorded(Map.of("mode", wording.author().mode().name()));
        return log.record(
                by,
                QuestionLog.Act.ASK,
                recorded,
                question -> search.holding(() -> ask(by, asked, question, presence, listener)));
    }

    /** In one index from the search to the last sentence, so that nothing is compared with vectors of another embedder. */
    private Answer ask(
            Principal by, Question asked, OpenQuestion question, Presence presence, AnswerListener listener) {
        Progress progress = new Progress(presence, listener);
        listener.accepted(question.number());
        ReadFilter filter = rights.of(by).narrowedTo(asked.collection().id());
        presence.require();
        SearchScope scope = asked.wishes().within(filter, rights.today());
        SearchResult found = search.search(new SearchRequest(asked.text(), scope, Trials.HITS, asked.wording()));
        List<Candidate> candidates = scorer.score(found);
        progress.searched();
        presence.require();
        Found all = new Found(question, filter, found, Conflicts.among(found), progress);
        return switch (answerability.judge(found, candidates)) {
            case Judgment.DoesNotCarry(var judged, var nearest) ->
                abstain(all, judged, nearest, Answer.Reason.NOT_CARRIED, ABSTENTION);
            case Judgment.NotCalibrated unjudged ->
                abstain(all, null, unjudged.nearest(), Answer.Reason.NOT_CALIBRATED, UNJUDGED);
            case Judgment.Carries carries -> answer(all, carries.judged(), found.question(), candidates);
        };
    }

    private record Found(
            OpenQuestion question,
            ReadFilter filter,
            SearchResult result,
            List<Conflict> conflicts,
            Progress progress) {}

    private Answer abstain(
            Found found, Judgment.@Nullable Judged judged, List<Hit> near, Answer.Reason reason, String text) {
        List<Answer.Citation> nearest = Citations.nearest(near);
        Wording.Author nobody = wording.author();
        record(found, judged, nobody.model(), near.size(), Map.of());
        found.progress().listener().sources(nearest);
        long entry = found.question()
                .end(
                        EntryType.ABSTAINED,
                        reason.word(),
                        Map.of("answer", text, "timings", found.progress().recorded()));
        return finished(found, judged, entry, reason, Drafted.nothing(text, nearest), nobody);
    }

    private Answer answer(Found found, Judgment.Judged judged, String text, List<Candidate> candidates) {
        Wording.Plan plan = wording.plan(text, found.result(), candidates);
        Map<String, Object> planned = new TreeMap<>(plan.record());
        // Neighbours of hits, and what a code leads to, are no hits.
        planned.put("sources", RecordedHits.sources(plan.sources()));
        record(found, judged, plan.author().model(), plan.sources().size(), planned);
        found.progress().listener().sources(Citations.of(plan.sources()));
        Wording.Draft draft = plan.word(found.progress().presence(), found.progress()::delta);
        if (draft.sentences().stream().noneMatch(Answer.Sentence::supported)) {
            return withhold(found, judged, plan, draft);
        }
        Drafted drafted = Drafted.of(draft, plan.sources());
        Map<String, Object> sealed = new TreeMap<>(drafted.recorded());
        sealed.put("timings", found.progress().recorded());
        sealed.put(RecordedGeneration.FIELD, draft.generation());
        long entry = found.question()
                .end(EntryType.ANSWERED, plan.author().mode().name().toLowerCase(Locale.ROOT), sealed);
        return finished(found, judged, entry, null, drafted, plan.author());
    }

    /** What the model said rests on nothing, so it is not an answer; the record keeps it. */
    private Answer withhold(Found found, Judgment.Judged judged, Wording.Plan plan, Wording.Draft draft) {
        List<Answer.Citation> nearest = Citations.of(plan.sources());
        long entry = found.question()
                .end(
                        EntryType.ABSTAINED,
                        Answer.Reason.NOT_SUPPORTED.word(),
                        Map.of(
                                "answer",
                                ABSTENTION,
                                "withheld",
                                draft.withheld().isEmpty() ? draft.text() : String.join(" ", draft.withheld()),
                                RecordedGeneration.FIELD,
                                draft.generation(),
                                "timings",
                                found.progress().recorded()));
        return finished(
                found, judged, entry, Answer.Reason.NOT_SUPPORTED, Drafted.nothing(ABSTENTION, nearest), plan.author());
    }

    /** The entry {@code retrieved}: durable before any text of a document or the model leaves. */
    private void record(
            Found found, Judgment.@Nullable Judged judged, ModelCard model, int hits, Map<String, Object> plan) {
        Map<String, Object> sealed = new TreeMap<>(plan);
        sealed.putAll(SearchRecord.of(found.result(), 0));
        if (!found.conflicts().isEmpty()) {
            sealed.put("conflicts", RecordedHits.conflicts(found.conflicts()));
        }
        if (judged != null) {
            sealed.put("judgment", recorded(judged));
        }
        found.question().retrieved(found.filter(), found.result().generation(), model.sha256(), hits, sealed);
    }

    private static Map<String, Object> recorded(Judgment.Judged judgment) {
        return new TreeMap<>(Map.of(
                "score",
                Double.toString(judgment.score()),
                "calibration",
                judgment.calibration().version(),
                "threshold",
                Double.toString(judgment.calibration().threshold())));
    }

    /** @param reason why it is abstained; null where it is answered */
    private Answer finished(
            Found found,
            Judgment.@Nullable Judged judged,
            long entry,
            Answer.@Nullable Reason reason,
            Drafted drafted,
            Wording.Author author) {
        boolean hasReceipt = awaitReceipt(entry);
        return new Answer(
                reason == null ? Answer.Outcome.ANSWERED : Answer.Outcome.ABSTAINED,
                found.question().number(),
                drafted.text(),
                author.mode(),
                drafted.citations(),
                drafted.sentences(),
                drafted.nearest(),
                reason == null ? found.conflicts() : List.of(),
                hasReceipt,
                found.progress().timing(),
                author.model(),
                found.result().generation(),
                found.result().understood(),
                drafted.withheld().size(),
                reason,
                judged == null
                        ? null
                        : new Answer.Judged(
                                judged.score(),
                                judged.calibration().threshold(),
                                judged.calibration().version()));
    }

    /** The answer is final without it; a receipt that is late can be fetched. */
    private boolean awaitReceipt(long entry) {
        try {
            evidence.receipt(entry, receiptPatience);
            return true;
        } catch (EvidenceUnavailable e) {
            LOG.warn("No checkpoint covers entry {} within {}: {}", entry, receiptPatience, e.getMessage());
            return false;
        }
    }
}

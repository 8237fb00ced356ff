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
import org.cartulary.retrieval.conflict.Conflict;
import org.cartulary.retrieval.conflict.Conflicts;
import org.cartulary.retrieval.quote.Candidate;
import org.cartulary.retrieval.quote.CandidateScorer;
import org.cartulary.retrieval.scope.SearchScope;
import org.cartulary.retrieval.search.Search;
import org.cartulary.retrieval.search.SearchRequest;
import org.cartulary.retrieval.search.SearchResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life of a question, from the entry {@code asked} to the receipt. Thread-safe. */
public final class Asking {
    private static final Logger LOG = LoggerFactory.getLogger(Asking.class);
    private static final int HITS = 12;
    private static final String ABSTENTION = "The documents do not say.";

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
                asked.recorded(Map.of("mode", wording.mode().name()));
        return log.record(by, QuestionLog.Act.ASK, recorded, question -> {
            Progress progress = new Progress(presence, listener);
            listener.accepted(question.number());
            ReadFilter filter = rights.of(by).narrowedTo(asked.collection().id());
            presence.require();
            SearchScope scope = asked.wishes().within(filter, rights.today());
            SearchResult found = search.search(new SearchRequest(asked.text(), scope, HITS, asked.wording()));
            List<Candidate> candidates = scorer.score(found);
            progress.searched();
            presence.require();
            Found all = new Found(question, filter, found, Conflicts.among(found), progress);
            return switch (answerability.judge(found, candidates)) {
                case Judgment.DoesNotCarry nothing -> abstain(all, nothing);
                case Judgment.Carries carries -> answer(all, carries, found.question(), candidates);
            };
        });
    }

    private record Found(
            OpenQuestion question,
            ReadFilter filter,
            SearchResult result,
            List<Conflict> conflicts,
            Progress progress) {}

    private Answer abstain(Found found, Judgment.DoesNotCarry judgment) {
        List<Answer.Citation> nearest = Citations.nearest(judgment.nearest());
        record(found, judgment, wording.model(), judgment.nearest().size(), Map.of());
        found.progress().listener().sources(nearest);
        long entry = found.question()
                .end(
                        EntryType.ABSTAINED,
                        "not-carried",
                        Map.of("answer", ABSTENTION, "timings", found.progress().recorded()));
        return finished(
                found,
                judgment,
                entry,
                Answer.Outcome.ABSTAINED,
                Drafted.nothing(ABSTENTION, nearest),
                new Author(wording.mode(), wording.model()));
    }

    private Answer answer(Found found, Judgment judgment, String text, List<Candidate> candidates) {
        Wording.Plan plan = wording.plan(text, found.result(), candidates);
        record(found, judgment, plan.model(), plan.sources().size(), plan.record());
        found.progress().listener().sources(Citations.of(plan.sources()));
        Wording.Draft draft = plan.word(found.progress().presence(), found.progress()::delta);
        if (draft.sentences().stream().noneMatch(Answer.Sentence::supported)) {
            return withhold(found, judgment, plan, draft);
        }
        Drafted drafted = Drafted.of(draft, plan.sources());
        Map<String, Object> sealed = new TreeMap<>(drafted.recorded());
        sealed.put("timings", found.progress().recorded());
        sealed.put(RecordedGeneration.FIELD, draft.generation());
        long entry = found.question().end(EntryType.ANSWERED, plan.mode().name().toLowerCase(Locale.ROOT), sealed);
        return finished(
                found, judgment, entry, Answer.Outcome.ANSWERED, drafted, new Author(plan.mode(), plan.model()));
    }

    /** What the model said rests on nothing, so it is not an answer; the record keeps it. */
    private Answer withhold(Found found, Judgment judgment, Wording.Plan plan, Wording.Draft draft) {
        List<Answer.Citation> nearest = Citations.of(plan.sources());
        long entry = found.question()
                .end(
                        EntryType.ABSTAINED,
                        "not-supported",
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
                found,
                judgment,
                entry,
                Answer.Outcome.ABSTAINED,
                Drafted.nothing(ABSTENTION, nearest),
                new Author(plan.mode(), plan.model()));
    }

    /** The entry {@code retrieved}: durable before any text of a document or the model leaves. */
    private void record(Found found, Judgment judgment, ModelCard model, int hits, Map<String, Object> plan) {
        Map<String, Object> sealed = new TreeMap<>(plan);
        sealed.putAll(SearchRecord.of(found.result(), 0));
        if (!found.conflicts().isEmpty()) {
            sealed.put("conflicts", RecordedHits.conflicts(found.conflicts()));
        }
        sealed.put("judgment", recorded(judgment));
        found.question().retrieved(found.filter(), found.result().generation(), model.sha256(), hits, sealed);
    }

    private static Map<String, Object> recorded(Judgment judgment) {
        return new TreeMap<>(Map.of(
                "score",
                Double.toString(judgment.score()),
                "calibration",
                judgment.calibration().version(),
                "threshold",
                Double.toString(judgment.calibration().threshold())));
    }

    private record Author(Answer.Mode mode, ModelCard model) {}

    private Answer finished(
            Found found, Judgment judgment, long entry, Answer.Outcome outcome, Drafted drafted, Author author) {
        boolean hasReceipt = awaitReceipt(entry);
        return new Answer(
                outcome,
                found.question().number(),
                drafted.text(),
                author.mode(),
                drafted.citations(),
                drafted.sentences(),
                drafted.nearest(),
                outcome == Answer.Outcome.ANSWERED ? found.conflicts() : List.of(),
                hasReceipt,
                found.progress().timing(),
                author.model(),
                found.result().generation(),
                found.result().understood(),
                new Answer.Judged(
                        judgment.score(),
                        judgment.calibration().threshold(),
                        judgment.calibration().version()));
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

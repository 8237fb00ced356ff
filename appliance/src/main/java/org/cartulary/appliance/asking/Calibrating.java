package org.cartulary.appliance.asking;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.purpose.Stated;
import org.cartulary.compliance.rights.ReadFilter;
import org.cartulary.inference.Embedder;
import org.cartulary.retrieval.Retrieval;
import org.cartulary.retrieval.answerability.Calibration;
import org.cartulary.retrieval.answerability.Calibrations;
import org.cartulary.retrieval.answerability.Fitting;
import org.cartulary.retrieval.answerability.Trials;
import org.cartulary.retrieval.catalog.Collection;
import org.cartulary.retrieval.catalog.Document;
import org.cartulary.retrieval.catalog.DocumentState;
import org.cartulary.retrieval.index.IndexRefused;
import org.cartulary.retrieval.scope.SearchScope;
import org.cartulary.retrieval.scope.Standing;
import org.cartulary.retrieval.search.Search;
import org.cartulary.retrieval.search.SearchRequest;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Fits the score for abstaining on the house's own questions and documents, under the rights of whoever does it, and on
 * record. No text of a document leaves; what comes of it are numbers. One at a time; thread-safe.
 */
public final class Calibrating {
    /** Questions of one calibration at most. Each costs two searches, and one for each passage of its documents. */
    public static final int MAX_QUESTIONS = 2_000;

    /** Documents that one question names at most. */
    public static final int MAX_DOCUMENTS = 100;

    private static final int MAX_DESCRIPTION = 200;

    private final Jdbi jdbi;
    private final QuestionLog log;
    private final Retrieval retrieval;
    private final Calibrations calibrations;
    private final Clock clock;
    private final ReentrantLock underWay = new ReentrantLock();

    public Calibrating(Jdbi jdbi, QuestionLog log, Retrieval retrieval, Calibrations calibrations, Clock clock) {
        this.jdbi = jdbi;
        this.log = log;
        this.retrieval = retrieval;
        this.calibrations = calibrations;
        this.clock = clock;
    }

    /**
     * A question of the house.
     *
     * @param documents paths of the documents of the collection that hold its answer; empty where none does
     */
    public record Known(String question, List<String> documents) {
        public Known {
            documents = List.copyOf(documents);
        }
    }

    /**
     * What a calibration is to be fitted on.
     *
     * @param index by its name; null for the one that is searched
     */
    public record Wanted(
            Collection collection,
            Stated stated,
            List<Known> questions,
            String description,
            @Nullable String index) {}

    /**
     * A calibration, and how its questions could be tried.
     *
     * @param tried numbers its questions from 1
     */
    public record Fitted(Calibration calibration, Trials.Tried tried) {}

    /** Another calibration is being fitted. */
    public static final class UnderWay extends RuntimeException {
        UnderWay() {
            super("A calibration is being fitted already: wait until it has ended, and ask again.");
        }
    }

    /**
     * Fits and stores a calibration, which does not count before it is chosen.
     *
     * @throws IllegalArgumentException with a sentence for the caller: too few questions, or one that cannot be tried
     * @throws IndexRefused when there is no such index or it is not ready
     * @throws UnderWay while another is being fitted
     */
    public Fitted fit(Principal by, Wanted wanted, Trials.Progress progress) {
        requireWellFormed(wanted);
        if (!underWay.tryLock()) {
            throw new UnderWay();
        }
        try {
            ReadFilter filter =
                    retrieval.readableBy(by).narrowedTo(wanted.collection().id());
            SearchScope scope = retrieval.inForce(filter);
            List<Trials.Question> known = known(wanted, filter, scope);
            requireEnough(known);
            String index = wanted.index() == null ? retrieval.generation().name() : wanted.index();
            return retrieval
                    .searching(index, search -> search.holding(() -> fit(by, wanted, known, scope, search, progress)))
                    .orElseThrow(() -> new IndexRefused(
                            "There is no index " + index + " that can be searched: index list says how far each is."));
        } finally {
            underWay.unlock();
        }
    }

    private Fitted fit(
            Principal by,
            Wanted wanted,
            List<Trials.Question> known,
            SearchScope scope,
            Search search,
            Trials.Progress progress) {
        Map<String, Object> asked = new TreeMap<>(wanted.stated().recorded());
        asked.put("collection", wanted.collection().id().toString());
        asked.put("parameters", Map.of("calibration", wanted.description(), "questions", known.size()));
        return log.record(by, QuestionLog.Act.SEARCH, asked, question -> {
            question.retrieved(scope.readable(), null, null, 0, Map.of());
            try {
                Embedder embedder = search.embedder().by("calibration");
                Trials.Tried tried = new Trials(search, embedder).run(known, scope, progress);
                String today =
                        LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toString();
                Calibration fitted = Fitting.fit(
                        tried.trials(),
                        wanted.description(),
                        search.embedder().model().sha256(),
                        today);
                jdbi.useTransaction(handle -> calibrations.store(handle, by, fitted));
                question.end(EntryType.ANSWERED, "calibrated", Map.of("calibration", fitted.version()));
                return new Fitted(fitted, tried);
            } catch (IllegalArgumentException e) {
                question.end(EntryType.REFUSED, "not-fitted", Map.of());
                throw e;
            }
        });
    }

    private static void requireWellFormed(Wanted wanted) {
        require(
                wanted.questions().size() <= MAX_QUESTIONS,
                "A calibration takes at most " + MAX_QUESTIONS + " questions, but not "
                        + wanted.questions().size() + ": leave some out.");
        require(
                !wanted.description().isBlank() && wanted.description().length() <= MAX_DESCRIPTION,
                "A description has 1 to " + MAX_DESCRIPTION + " characters and is not blank, but this one has "
                        + wanted.description().length() + ".");
        for (int i = 0; i < wanted.questions().size(); i++) {
            Known known = wanted.questions().get(i);
            int length = known.question().length();
            require(
                    !known.question().isBlank() && length <= SearchRequest.MAX_QUERY_LENGTH,
                    "Question " + (i + 1) + " has " + length + " characters: it must have 1 to "
                            + SearchRequest.MAX_QUERY_LENGTH + " and not be blank.");
            require(
                    known.documents().size() <= MAX_DOCUMENTS,
                    "Question " + (i + 1) + " names " + known.documents().size() + " documents: name " + MAX_DOCUMENTS
                            + " at most.");
        }
    }

    private static void requireEnough(List<Trials.Question> known) {
        long answerable =
                known.stream().filter(question -> !question.sources().isEmpty()).count();
        Fitting.requireEnough(answerable, known.size());
    }

    private List<Trials.Question> known(Wanted wanted, ReadFilter filter, SearchScope scope) {
        List<Trials.Question> known = new ArrayList<>();
        for (Known question : wanted.questions()) {
            Set<UUID> sources = new HashSet<>();
            for (String path : question.documents()) {
                sources.add(source(known.size() + 1, path, wanted.collection(), filter, scope));
            }
            known.add(new Trials.Question(Integer.toString(known.size() + 1), question.question(), sources));
        }
        return known;
    }

    /** The same refusal where there is no such document and where he may not read it. */
    private UUID source(int question, String path, Collection collection, ReadFilter filter, SearchScope scope) {
        Document document = retrieval
                .catalog()
                .findByPath(collection.id(), path)
                .flatMap(found -> retrieval.catalog().document(found.id(), filter))
                .orElseThrow(() -> new IllegalArgumentException("Question " + question + " names " + path
                        + ", which is not in the collection: correct its path."));
        Standing standing = document.validity().on(scope.on());
        require(
                document.state() == DocumentState.READY && standing == Standing.IN_FORCE,
                "Question " + question + " names " + path + ", which no question finds today ("
                        + (document.state() == DocumentState.READY ? standing.word() : "it could not be read")
                        + "): name the document that is in force.");
        return document.id();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}

package org.cartulary.appliance.asking;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.rights.ReadFilter;
import org.cartulary.inference.Embedder;
import org.cartulary.retrieval.Retrieval;
import org.cartulary.retrieval.answerability.Calibration;
import org.cartulary.retrieval.answerability.Calibrations;
import org.cartulary.retrieval.answerability.Fitting;
import org.cartulary.retrieval.answerability.Trials;
import org.cartulary.retrieval.catalog.Collection;
import org.cartulary.retrieval.scope.SearchScope;
import org.jdbi.v3.core.Jdbi;

/**
 * Fits the score for abstaining on the house's own questions and documents, under the rights of whoever does it. No text of
 * a document leaves; what comes of it are numbers. Thread-safe.
 */
public final class Calibrating {
    /** Questions of one calibration at most. Each costs two searches. */
    public static final int MAX_QUESTIONS = 2_000;

    private final Jdbi jdbi;
    private final Retrieval retrieval;
    private final Embedder embedder;
    private final Calibrations calibrations;
    private final Clock clock;

    public Calibrating(Jdbi jdbi, Retrieval retrieval, Embedder embedder, Calibrations calibrations, Clock clock) {
        this.jdbi = jdbi;
        this.retrieval = retrieval;
        this.embedder = embedder;
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
     * Fits and stores a calibration, which does not count before it is chosen.
     *
     * @throws IllegalArgumentException with a sentence for the caller: too few questions, or one that names a document that
     *     is not there for him
     */
    public Calibration fit(
            Principal by, Collection collection, List<Known> questions, String description, Trials.Progress progress) {
        if (questions.size() > MAX_QUESTIONS) {
            throw new IllegalArgumentException("A calibration takes at most " + MAX_QUESTIONS + " questions, but not "
                    + questions.size() + ": leave some out.");
        }
        ReadFilter filter = retrieval.readableBy(by).narrowedTo(collection.id());
        SearchScope scope = retrieval.inForce(filter);
        List<Trials.Question> known = new ArrayList<>();
        for (Known question : questions) {
            String id = Integer.toString(known.size() + 1);
            known.add(new Trials.Question(id, question.question(), sources(question, collection, filter)));
        }
        List<Trials.Trial> trials =
                new Trials(retrieval.search(), embedder.by("calibration")).run(known, scope, progress);
        String today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toString();
        Calibration fitted = Fitting.fit(trials, description, embedder.model().sha256(), today);
        jdbi.useTransaction(handle -> calibrations.store(handle, by, fitted));
        return fitted;
    }

    /** The same answer where there is no such document and where he may not read it. */
    private Set<UUID> sources(Known question, Collection collection, ReadFilter filter) {
        Set<UUID> sources = new HashSet<>();
        for (String path : question.documents()) {
            sources.add(retrieval
                    .catalog()
                    .findByPath(collection.id(), path)
                    .flatMap(document -> retrieval.catalog().document(document.id(), filter))
                    .orElseThrow(() -> new IllegalArgumentException("The question \"" + question.question()
                            + "\" names " + path + ", which is not in the collection: correct its path."))
                    .id());
        }
        return sources;
    }
}

package org.cartulary.appliance.wiring;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.cartulary.appliance.asking.Answer;
import org.cartulary.appliance.asking.AnswerListener;
import org.cartulary.appliance.asking.Asking;
import org.cartulary.appliance.asking.AskingParts;
import org.cartulary.appliance.asking.Presence;
import org.cartulary.appliance.asking.Question;
import org.cartulary.appliance.asking.QuestionLog;
import org.cartulary.appliance.asking.Rights;
import org.cartulary.appliance.asking.Wishes;
import org.cartulary.appliance.settings.Settings;
import org.cartulary.compliance.Authority;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.purpose.Stated;
import org.cartulary.inference.Embedder;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.supervision.InferenceConfig;
import org.cartulary.inference.supervision.InferenceWorkers;
import org.cartulary.retrieval.Retrieval;
import org.cartulary.retrieval.answerability.Calibration;
import org.cartulary.retrieval.answerability.Fitting;
import org.cartulary.retrieval.answerability.RememberingEmbedder;
import org.cartulary.retrieval.answerability.Trials;
import org.cartulary.retrieval.catalog.Collection;
import org.cartulary.retrieval.evaluation.AnswerKey;
import org.cartulary.retrieval.evaluation.AnswerReport;
import org.cartulary.retrieval.evaluation.AnswerSet;
import org.cartulary.retrieval.evaluation.AnswerTrial;
import org.cartulary.retrieval.evaluation.Evaluation;
import org.cartulary.retrieval.evaluation.ObservedAnswer;
import org.cartulary.retrieval.scope.SearchScope;
import org.cartulary.retrieval.search.RerankPolicy;
import org.cartulary.retrieval.understanding.Wording;

/**
 * The product's own question path, from the rights to the entry that ends a question, measured in an installation of its
 * own. A question whose sources are known is asked twice: with them and without.
 */
public final class AnswersHome implements AutoCloseable {
    /**
     * What is measured.
     *
     * @param skip questions that are left out at the beginning
     * @param most questions at most
     */
    public record Wanted(Settings.AnswerMode mode, Supplier<Calibration> calibration, int skip, int most) {}

    private final ScratchHome.Parts parts;
    private final InferenceWorkers inference;
    private final Embedder embedder;
    private final Retrieval retrieval;

    private AnswersHome(ScratchHome.Parts parts, boolean withChat) {
        this.parts = parts;
        InferenceConfig config =
                InferenceConfig.defaults(parts.settings().cache(), parts.home().resolve("inference"));
        this.inference = InferenceWorkers.start(withChat ? config : config.withChat(null));
        this.embedder = new RememberingEmbedder(inference.embedder());
        this.retrieval = parts.retrieval(inference.embedder(), Optional::empty, RerankPolicy.DEFAULT);
    }

    @Override
    public void close() {
        retrieval.close();
        inference.close();
    }

    /** Asks the questions of a set and counts. */
    public static AnswerReport run(Path directory, Wanted wanted) {
        AnswerSet set = AnswerSet.read(directory);
        return ScratchHome.with(parts -> {
            try (AnswersHome home = new AnswersHome(parts, wanted.mode() == Settings.AnswerMode.GENERATE)) {
                return home.ask(set, wanted);
            }
        });
    }

    /** Fits a calibration on sets, each in an installation of its own. */
    public static Calibration fit(List<Path> directories, int skip, int most, String madeOn) {
        List<Trials.Trial> trials = new ArrayList<>();
        List<String> embedders = new ArrayList<>();
        for (Path directory : directories) {
            AnswerSet set = AnswerSet.read(directory);
            ScratchHome.with(parts -> {
                try (AnswersHome home = new AnswersHome(parts, false)) {
                    embedders.add(home.inference.embedder().model().sha256());
                    return trials.addAll(home.tryOut(set, skip, most));
                }
            });
        }
        String description = directories.stream()
                .map(directory ->
                        directory.toAbsolutePath().normalize().getFileName().toString())
                .collect(Collectors.joining(", "));
        return Fitting.fit(trials, description, embedders.getFirst(), madeOn);
    }

    private List<Trials.Trial> tryOut(AnswerSet set, int skip, int most) {
        Collection collection = new Evaluation(retrieval, inference.embedder()).index(set.questions());
        Map<String, UUID> ids = ids(collection);
        List<Trials.Question> questions = set.keys().stream()
                .skip(skip)
                .limit(most)
                .map(key -> new Trials.Question(key.id(), key.question(), sources(key, ids)))
                .toList();
        return new Trials(retrieval.search(), embedder)
                .run(questions, scope(collection), (done, of) -> {})
                .trials();
    }

    private AnswerReport ask(AnswerSet set, Wanted wanted) {
        requireFits(wanted.calibration().get());
        Collection collection = new Evaluation(retrieval, inference.embedder()).index(set.questions());
        Map<String, UUID> ids = ids(collection);
        Asking asking = asking(wanted);
        Trials paraphrases = new Trials(retrieval.search(), embedder);
        List<AnswerTrial> trials = new ArrayList<>();
        for (AnswerKey key :
                set.keys().stream().skip(wanted.skip()).limit(wanted.most()).toList()) {
            Set<UUID> sources = sources(key, ids);
            if (!key.answerable()) {
                trials.add(new AnswerTrial(
                        key, AnswerTrial.Setting.UNANSWERABLE, observed(asking, collection, key, Set.of())));
                continue;
            }
            trials.add(
                    new AnswerTrial(key, AnswerTrial.Setting.WITH_SOURCE, observed(asking, collection, key, Set.of())));
            Set<UUID> removed = paraphrases.without(sources, scope(collection)).without();
            trials.add(new AnswerTrial(
                    key, AnswerTrial.Setting.WITHOUT_SOURCE, observed(asking, collection, key, removed)));
        }
        return AnswerReport.of(set, trials, configuration(set, wanted));
    }

    private void requireFits(Calibration calibration) {
        String sha256 = embedder.model().sha256();
        if (!calibration.origin().embedderSha256().equals(sha256)) {
            throw new IllegalArgumentException("The calibration " + calibration.version()
                    + " was fitted with the embedder " + calibration.origin().embedderSha256() + ", but here is "
                    + sha256
                    + ": make one with eval --fit.");
        }
    }

    private Asking asking(Wanted wanted) {
        Settings settings = parts.settings().answering(wanted.mode());
        Authority authority = Authority.on(parts.evidence(), parts.clock());
        return new AskingParts(
                        new QuestionLog(parts.jdbi(), parts.evidence()),
                        parts.evidence(),
                        new Rights(parts.jdbi(), authority, retrieval),
                        retrieval.search(),
                        embedder,
                        inference::generator,
                        model -> true,
                        sha256 -> Optional.of(wanted.calibration().get()))
                .asking(settings);
    }

    private AnswerReport.Configuration configuration(AnswerSet set, Wanted wanted) {
        ModelCard model = wanted.mode() == Settings.AnswerMode.GENERATE
                ? inference.generator().model()
                : inference.embedder().model();
        Calibration calibration = wanted.calibration().get();
        return new AnswerReport.Configuration(
                set.sha256(),
                wanted.mode().name().toLowerCase(Locale.ROOT),
                model.name(),
                model.sha256(),
                retrieval.generation().name(),
                calibration.version(),
                calibration.threshold(),
                parts.settings().unsupported().name().toLowerCase(Locale.ROOT),
                Trials.PARAPHRASE);
    }

    private static ObservedAnswer observed(Asking asking, Collection collection, AnswerKey key, Set<UUID> passedOver) {
        Question question = new Question(
                key.question(), collection, Wishes.inForceWithout(passedOver), Stated.NOTHING, Wording.PLAIN);
        long start = System.nanoTime();
        Answer answer = asking.ask(Principal.CONSOLE, question, new Presence("evaluation"), new AnswerListener() {});
        double millis = (System.nanoTime() - start) / 1e6;
        return new ObservedAnswer(
                answer.outcome() == Answer.Outcome.ABSTAINED,
                answer.text(),
                answer.sentences().stream()
                        .map(sentence -> new ObservedAnswer.Sentence(
                                sentence.text(), sentence.supported(), sentence.citations()))
                        .toList(),
                answer.citations().stream()
                        .map(cited -> new ObservedAnswer.Cited(cited.n(), cited.document(), cited.quote()))
                        .toList(),
                Objects.requireNonNull(answer.judged(), "there is a calibration")
                        .score(),
                millis);
    }

    private SearchScope scope(Collection collection) {
        return retrieval.inForce(retrieval.readableBy(Principal.CONSOLE).narrowedTo(collection.id()));
    }

    private static Set<UUID> sources(AnswerKey key, Map<String, UUID> ids) {
        return key.documents().stream()
                .map(path -> Optional.ofNullable(ids.get(path))
                        .orElseThrow(() -> new IllegalArgumentException("Question " + key.id() + " names the document "
                                + path + ", which is not in corpus.jsonl: correct answers.jsonl or qrels.tsv.")))
                .collect(Collectors.toSet());
    }

    private Map<String, UUID> ids(Collection collection) {
        return parts.jdbi().withHandle(handle -> {
            Map<String, UUID> ids = new HashMap<>();
            handle.createQuery(
                            "SELECT id, path FROM retrieval.documents WHERE collection = :collection AND state = 'ready'")
                    .bind("collection", collection.id())
                    .map((row, context) -> ids.put(row.getString("path"), row.getObject("id", UUID.class)))
                    .list();
            return ids;
        });
    }
}

package org.cartulary.retrieval.answerability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.policy.PolicyChange;
import org.cartulary.retrieval.catalog.Written;
import org.cartulary.retrieval.index.Embedders;
import org.cartulary.retrieval.scope.SearchScope;
import org.cartulary.retrieval.scope.Standing;
import org.cartulary.retrieval.search.Hit;
import org.cartulary.retrieval.search.Search;
import org.cartulary.retrieval.search.SearchRequest;
import org.cartulary.retrieval.testing.Installation;
import org.cartulary.retrieval.testing.TestEmbedder;
import org.cartulary.retrieval.testing.TrigramEmbedder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TrialsTest {
    private static final String QUESTION = "How long are visitor logs kept?";

    private static Installation installation;
    private static UUID collection;

    @BeforeAll
    static void write() {
        installation = Installation.fresh();
        collection = installation.collection("handbook");
        installation.write(collection, "retention", "Visitor logs are kept for 90 days and are then shredded.");
        installation.write(collection, "copy", "Visitor logs are kept for 90 days, and then they are shredded.");
        installation.write(collection, "visits", "Visitors may come from 14:00 to 19:30 and sign the book.");
        installation.write(collection, "pool", "The pool is open in summer. Dogs are not admitted.");
    }

    @AfterAll
    static void close() {
        installation.close();
    }

    @Test
    void passesOverDocumentsInBothLegs() {
        UUID retention = document("retention");
        SearchScope without = scope().without(Set.of(retention));
        SearchRequest request = new SearchRequest(QUESTION, without, 10, false, false);
        for (List<Hit> hits : List.of(
                installation.retrieval().search().search(request).hits(),
                installation.retrieval().search().searchByWords(request),
                installation.retrieval().search().searchByMeaning(request))) {
            assertThat(hits).extracting(Hit::path).contains("copy").doesNotContain("retention");
        }
    }

    @Test
    void takesParaphrasesForTheSource() {
        Trials trials = new Trials(installation.retrieval().search(), TestEmbedder.shared());
        assertThat(trials.without(Set.of(document("retention")), scope()).without())
                .containsExactlyInAnyOrder(document("retention"), document("copy"));
    }

    @Test
    void asksWithTheSourceAndWithout() {
        Trials trials = new Trials(installation.retrieval().search(), TestEmbedder.shared());
        Trials.Question known = new Trials.Question("1", QUESTION, Set.of(document("retention")));
        Trials.Question unknown = new Trials.Question("2", "Who mends the roof?", Set.of());
        Trials.Tried tried = trials.run(List.of(known, unknown), scope(), (done, of) -> {});
        List<Trials.Trial> made = tried.trials();
        assertThat(tried.removed()).containsExactly(entry("1", 2));
        assertThat(tried.leftOut()).isEmpty();
        assertThat(made).extracting(Trials.Trial::answerable).containsExactly(true, false, false);
        assertThat(made.get(0).features().get(Feature.BEST_SCORE))
                .isGreaterThan(made.get(1).features().get(Feature.BEST_SCORE));
    }

    @Test
    void leavesOutTheTrialForWhichNothingIsLeftToFind() {
        Trials trials = new Trials(installation.retrieval().search(), TestEmbedder.shared());
        SearchScope both = scope().narrowedTo(
                        new TreeSet<>(Set.of(document("retention"), document("copy"))), Set.of(Standing.IN_FORCE));
        Trials.Question known = new Trials.Question("7", QUESTION, Set.of(document("retention")));
        Trials.Tried tried = trials.run(List.of(known), both, (done, of) -> {});
        assertThat(tried.trials()).extracting(Trials.Trial::answerable).containsExactly(true);
        assertThat(tried.leftOut()).containsExactly("7");
    }

    @Test
    void namesTheQuestionWhoseDocumentsHaveTooManyPassages() {
        TrigramEmbedder embedder = new TrigramEmbedder("cc", 16);
        try (Installation other = Installation.fresh(Embedders.only(embedder))) {
            String text = IntStream.rangeClosed(0, Search.MAX_ALIKE)
                    .mapToObj(i -> "Lantern " + i + ".")
                    .collect(Collectors.joining("\n\n"));
            Written written = other.write(other.collection("long"), "long", text);
            UUID document = ((Written.Ready) written).document();
            Trials.Question question = new Trials.Question("3", "Which lantern?", Set.of(document));
            Trials trials = new Trials(other.retrieval().search(), embedder);
            SearchScope all = other.retrieval().inForce(other.rights(Principal.CONSOLE));
            assertThatThrownBy(() -> trials.run(List.of(question), all, (done, of) -> {}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Question 3")
                    .hasMessageContaining(Integer.toString(Search.MAX_ALIKE));
        }
    }

    @Test
    void countsForEachEmbedderTheCalibrationThatWasChosenFromItsThresholdOn() {
        Calibrations calibrations = new Calibrations(installation.authority().settings(), Clock.systemUTC());
        Calibration standard = Calibration.standard();
        String usual = standard.origin().embedderSha256();
        Calibration own = calibration("ab");
        Calibration better = calibration(usual);
        installation.jdbi().useTransaction(handle -> {
            assertThat(Calibrations.inUse(handle, usual)).contains(standard);
            calibrations.store(handle, Principal.CONSOLE, own);
            calibrations.store(handle, Principal.CONSOLE, better);
            assertThat(Calibrations.inUse(handle, usual)).contains(standard);
            assertThat(Calibrations.inUse(handle, "ab"))
                    .as("of another embedder none counts before one is chosen")
                    .isEmpty();
            assertThat(Calibrations.list(handle)).containsExactlyInAnyOrder(standard, own, better);
            assertThat(calibrations.use(handle, Principal.CONSOLE, own.at(0.7))).isInstanceOf(PolicyChange.Made.class);
            assertThat(Calibrations.inUse(handle, "ab")).contains(own.at(0.7));
            assertThat(Calibrations.inUse(handle, usual)).contains(standard);
            assertThat(calibrations.use(handle, Principal.CONSOLE, better.at(0.4)))
                    .isInstanceOf(PolicyChange.Made.class);
            assertThat(Calibrations.inUse(handle, usual)).contains(better.at(0.4));
            assertThat(Calibrations.inUse(handle, "ab")).contains(own.at(0.7));
            assertThat(calibrations.use(handle, Principal.CONSOLE, standard)).isInstanceOf(PolicyChange.Made.class);
        });
    }

    private static Calibration calibration(String embedder) {
        Calibration standard = Calibration.standard();
        return new Calibration(
                CalibrationText.version(1, standard.weights(), embedder),
                1,
                standard.weights(),
                0.5,
                new Calibration.Origin("own", "00", embedder, 30, 30, "2026-11-23"),
                List.of());
    }

    private static UUID document(String path) {
        return installation
                .retrieval()
                .catalog()
                .findByPath(collection, path)
                .orElseThrow()
                .id();
    }

    private static SearchScope scope() {
        return installation.retrieval().inForce(installation.rights(Principal.CONSOLE));
    }
}

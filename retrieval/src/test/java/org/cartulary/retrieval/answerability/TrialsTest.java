package org.cartulary.retrieval.answerability;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.policy.PolicyChange;
import org.cartulary.retrieval.scope.SearchScope;
import org.cartulary.retrieval.search.Hit;
import org.cartulary.retrieval.search.SearchRequest;
import org.cartulary.retrieval.testing.Installation;
import org.cartulary.retrieval.testing.TestEmbedder;
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
        List<Trials.Trial> made = trials.run(List.of(known, unknown), scope(), (done, of) -> {});
        assertThat(made).extracting(Trials.Trial::answerable).containsExactly(true, false, false);
        assertThat(made.get(0).features().get(Feature.BEST_SCORE))
                .isGreaterThan(made.get(1).features().get(Feature.BEST_SCORE));
    }

    @Test
    void countsTheCalibrationThatWasChosenFromItsThresholdOn() {
        Calibrations calibrations = new Calibrations(installation.authority().settings(), Clock.systemUTC());
        Calibration standard = Calibration.standard();
        Calibration own = new Calibration(
                CalibrationText.version(1, standard.weights(), "ab"),
                1,
                standard.weights(),
                0.5,
                new Calibration.Origin("own", "00", "ab", 30, 30, "2026-11-23"),
                List.of());
        installation.jdbi().useTransaction(handle -> {
            assertThat(Calibrations.inUse(handle)).isEqualTo(standard);
            calibrations.store(handle, Principal.CONSOLE, own);
            assertThat(Calibrations.inUse(handle)).isEqualTo(standard);
            assertThat(Calibrations.list(handle)).containsExactly(standard, own);
            assertThat(calibrations.use(handle, Principal.CONSOLE, own.at(0.7))).isInstanceOf(PolicyChange.Made.class);
            assertThat(Calibrations.inUse(handle)).isEqualTo(own.at(0.7));
            assertThat(calibrations.use(handle, Principal.CONSOLE, standard)).isInstanceOf(PolicyChange.Made.class);
        });
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

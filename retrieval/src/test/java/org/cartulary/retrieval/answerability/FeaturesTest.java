package org.cartulary.retrieval.answerability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.retrieval.quote.CandidateScorer;
import org.cartulary.retrieval.quote.ReferenceSearch;
import org.cartulary.retrieval.search.SearchRequest;
import org.cartulary.retrieval.search.SearchResult;
import org.cartulary.retrieval.synonym.SynonymList;
import org.cartulary.retrieval.testing.Installation;
import org.cartulary.retrieval.testing.TestEmbedder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class FeaturesTest {
    private static Installation installation;
    private static UUID collection;

    @BeforeAll
    static void write() {
        installation = Installation.fresh();
        collection = installation.collection("town");
        installation.write(collection, "Business and events", """
                Licence or permit Fee Runs for
                Taxi licence, new $215 Three years
                Street event up to 200 people $60 One day""");
        installation.write(collection, "Feverin", "Adults take 500 mg of feverin every six hours.");
    }

    @AfterAll
    static void close() {
        installation.close();
    }

    @Test
    void noticeThatAPassageOnTheSubjectDoesNotNameWhatWasAskedFor() {
        assertThat(focusMissing("What does a dog licence cost?")).isEqualTo(1);
        assertThat(focusMissing("What is the antidote to feverin?")).isEqualTo(1);
        assertThat(focusMissing("What does a taxi licence cost?")).isZero();
        assertThat(focusMissing("What is the dose of feverin for adults?")).isZero();
    }

    @Test
    void takeASynonymForTheWord() {
        assertThat(focusMissing("What does a cab licence cost?")).isEqualTo(1);
        SynonymList list = new SynonymList(List.of(SynonymList.line("cab, taxi")));
        installation.retrieval().synonyms().set(collection, list, Principal.CONSOLE);
        assertThat(focusMissing("What does a cab licence cost?")).isZero();
        installation.retrieval().synonyms().set(collection, SynonymList.EMPTY, Principal.CONSOLE);
    }

    private static double focusMissing(String question) {
        SearchResult found = installation
                .retrieval()
                .search()
                .search(new SearchRequest(
                        question,
                        installation
                                .retrieval()
                                .inForce(installation.rights(Principal.CONSOLE).narrowedTo(collection)),
                        10));
        return Answerability.features(
                        found,
                        new CandidateScorer(TestEmbedder.shared()).score(found),
                        new ReferenceSearch(installation.retrieval().search()))
                .get(Feature.FOCUS_MISSING);
    }
}

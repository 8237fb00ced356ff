package org.cartulary.retrieval.understanding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.retrieval.index.Embedders;
import org.cartulary.retrieval.search.Hit;
import org.cartulary.retrieval.search.SearchRequest;
import org.cartulary.retrieval.search.SearchResult;
import org.cartulary.retrieval.testing.Installation;
import org.cartulary.retrieval.testing.TrigramEmbedder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class NamedDocumentsTest {
    private static final int MANY = 51;

    private static Installation installation;

    @BeforeAll
    static void write() {
        installation = Installation.fresh(Embedders.only(new TrigramEmbedder("aa", 64)));
        UUID house = installation.collection("house");
        for (int i = 0; i < MANY; i++) {
            installation.write(house, "ward-" + i + "/annual-report.txt", "Ward " + i + " had nothing to report.");
        }
        installation.write(house, "hygiene-plan.txt", "Hands are disinfected for thirty seconds.");
        installation.write(house, "visitor-policy-2019.txt", "Visitors leave at seven.");
        installation.write(house, "visitor-policy-2024.txt", "Visitors leave at nine.");
        installation.write(house, "ward-visitor-policy.txt", "Visitors of a ward leave at six.");
    }

    @AfterAll
    static void close() {
        installation.close();
    }

    @Test
    void aFileNameCountsThoughManyDocumentsAreCalledAsOtherWordsOfTheQuestion() {
        assertThat(search("What does hygiene-plan.txt say of the annual report?")
                        .hits())
                .extracting(Hit::path)
                .containsExactly("hygiene-plan.txt");
    }

    @Test
    void aTitleCountsThoughManyDocumentsShareAnother() {
        assertThat(search("Does the hygiene plan ask for an annual report?").understood())
                .extracting(Understood::text)
                .containsExactly("hygiene-plan.txt");
    }

    @Test
    void aYearTellsApartWhatItStandsWithAndLeavesTheOtherDocumentIn() {
        SearchResult found = search("Compare the Hygiene Plan with the Visitor Policy 2024.");
        assertThat(found.hits())
                .extracting(Hit::path)
                .containsExactlyInAnyOrder("hygiene-plan.txt", "visitor-policy-2024.txt");
        assertThat(found.understood())
                .containsExactly(
                        new Understood(
                                Understood.Kind.YEAR, "visitor-policy-2024.txt", "searched alone, as it is of 2024"),
                        new Understood(
                                Understood.Kind.DOCUMENT,
                                "hygiene-plan.txt",
                                "searched beside it, as the question names it too"));
    }

    @Test
    void twoVersionsCanBeCompared() {
        assertThat(search("Compare the Visitor Policy 2019 with the Visitor Policy 2024.")
                        .hits())
                .extracting(Hit::path)
                .containsExactlyInAnyOrder("visitor-policy-2019.txt", "visitor-policy-2024.txt");
    }

    @Test
    void twoTitlesArePreferredBothAndANameWithinALongerOneIsNone() {
        assertThat(search("What do the hygiene plan and the ward visitor policy say?")
                        .understood())
                .extracting(Understood::text)
                .containsExactlyInAnyOrder("hygiene-plan.txt", "ward-visitor-policy.txt");
    }

    private static SearchResult search(String question) {
        return installation
                .retrieval()
                .search()
                .search(new SearchRequest(
                        question, installation.retrieval().inForce(installation.rights(Principal.CONSOLE)), 10));
    }
}

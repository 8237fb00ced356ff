package org.cartulary.retrieval.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.retrieval.testing.Installation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SearchTest {
    private static final String WARD = """
            Visitors may come between 14:00 and 20:00. Two visitors at a time may sit with a patient.

            Children under twelve are welcome with an adult. On isolation wards they are not.

            Paracetamol is given at 15 mg per kg of body weight every six hours.""";
    private static final String TOWN = """
            A building permit costs 120 euros for a garage and 480 euros for a dwelling.

            The town office keeps visitor logs for 90 days and payroll records for seven years.""";

    private static Installation installation;
    private static UUID town;

    @BeforeAll
    static void write() {
        installation = Installation.fresh();
        installation.write(installation.collection("ward"), "ward.txt", WARD);
        town = installation.collection("town");
        installation.write(town, "town.txt", TOWN);
    }

    @AfterAll
    static void close() {
        installation.close();
    }

    @Test
    void findsThePassageByWordsAndByMeaning() {
        Hit best = installation.search("How long are visitor logs kept?").getFirst();
        assertThat(best.text()).contains("90 days");
        assertThat(best.scores().bm25()).isPositive();
        assertThat(best.scores().dense()).isPositive();
        assertThat(TOWN.substring(best.start(), best.end())).isEqualTo(best.text());
    }

    @Test
    void findsByMeaningWhatSharesNoWord() {
        assertThat(installation
                        .search("What is the dosage of the fever drug?")
                        .getFirst()
                        .text())
                .contains("Paracetamol");
    }

    @Test
    void showsNothingToAReaderWithoutRights() {
        assertThat(installation.search("visitors", installation.rights(new Principal("nobody"))))
                .isEmpty();
    }

    @Test
    void showsOnlyTheCollectionAskedFor() {
        assertThat(installation.search(
                        "visitors", installation.rights(Principal.CONSOLE).narrowedTo(town)))
                .isNotEmpty()
                .allMatch(hit -> hit.path().equals("town.txt"));
    }
}

package org.cartulary.retrieval.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.retrieval.catalog.Details;
import org.cartulary.retrieval.catalog.Written;
import org.cartulary.retrieval.search.SearchRequest;
import org.cartulary.retrieval.search.SearchResult;
import org.cartulary.retrieval.testing.Installation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConflictsTest {
    private Installation installation;
    private UUID collection;

    @BeforeEach
    void open() {
        installation = Installation.fresh();
        collection = installation.collection("house");
    }

    @AfterEach
    void close() {
        installation.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            How long are visitor logs kept?             | Visitor logs are kept for 90 days.                | Visitor logs are kept for 30 days and then destroyed. | 90 day / 30 day
            When does visiting end on the ward?         | Visiting on the ward ends at 8 pm.                | On the ward, visiting ends at 21:00.                  | 20:00 / 21:00
            How much gentamicin once daily?             | Give gentamicin 5 mg/kg once daily.               | Gentamicin is given at 7 mg/kg once daily.            | 5 mg / 7 mg
            Is a mask required in the isolation room?   | A mask is required in the isolation room.         | A mask is not required in the isolation room.         | affirmed / denied
            Muss im Isolierzimmer eine Maske getragen werden? | Im Isolierzimmer muss eine Maske getragen werden. | Im Isolierzimmer darf eine Maske nicht getragen werden. | affirmed / denied
            When may visitors come?                     | Visitors may come from 2 pm to 8 pm.              | Visitors may come from 2 pm to 7 pm.                  | 14:00, 20:00 / 14:00, 19:00
            """)
    void returnsTwoDocumentsInForceThatDisagree(String question, String one, String other, String difference) {
        write("a.txt", one);
        write("b.txt", other);
        List<Conflict> conflicts = Conflicts.among(search(question));
        assertThat(conflicts).hasSize(1);
        List<String> sides = new ArrayList<>(List.of(
                conflicts.getFirst().one().text(), conflicts.getFirst().other().text()));
        assertThat(sides).containsExactlyInAnyOrder(one, other);
        String[] values = difference.split(" / ", -1);
        assertThat(conflicts.getFirst().difference())
                .isIn(values[0] + " / " + values[1], values[1] + " / " + values[0]);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            How long are visitor logs kept?       | Visitor logs are kept for 14 days.                    | Visitor logs are kept for two weeks.
            How long are logs kept?               | Visitor logs are kept for 90 days.                    | Payroll records are kept for seven years.
            How much paracetamol is given?        | Adults are given paracetamol 1 g every six hours.     | Children are given paracetamol 15 mg/kg every six hours.
            How much paracetamol is given?        | Adults are given paracetamol 1 g.                     | Children are given paracetamol up to 500 mg.
            How many days of leave are there?     | Full-time staff have 30 days of leave a year.         | Part-time staff have 15 days of leave a year.
            When does visiting end?               | Visiting on Maple Ward ends at 8 pm.                  | Visiting on Oak Ward ends at 9 pm.
            When does visiting end?               | On weekdays, visiting ends at 8 pm.                   | On Sundays, visiting ends at 6 pm.
            How long are visitor logs kept?       | Visitor logs are kept for 90 days.                    | Visitor logs are kept for 90 days at the porter's desk.
            """)
    void findsNoneWhereBothCanHold(String question, String one, String other) {
        write("a.txt", one);
        write("b.txt", other);
        assertThat(Conflicts.among(search(question))).isEmpty();
    }

    @Test
    void doesNotHoldASupersededDocumentOrAnotherSiteAgainstTheOneInForce() {
        UUID old = write("2021.txt", "Visitor logs are kept for 30 days.");
        write("2026.txt", "Visitor logs are kept for 90 days.");
        assertThat(Conflicts.among(search("How long are visitor logs kept?"))).hasSize(1);
        describe(old, "north", null);
        UUID south = write("south.txt", "Visitor logs are kept for 60 days.");
        describe(south, "south", null);
        assertThat(Conflicts.among(search("How long are visitor logs kept?")))
                .as("each site against the rule for all")
                .hasSize(2);
        describe(old, null, LocalDate.of(2020, 1, 1));
        describe(south, null, LocalDate.of(2020, 1, 1));
        assertThat(Conflicts.among(search("How long are visitor logs kept?"))).isEmpty();
    }

    @Test
    void seesTwoLongVersionsThatDifferInASingleFigure() {
        String rest = "The porter writes down the name of each visitor, the ward that is visited, and the time at which"
                + " the visitor comes and leaves, in the book that lies at the desk of the main entrance. ".repeat(3);
        write("old.txt", rest + "Visitor logs are kept for 30 days.");
        write("new.txt", rest + "Visitor logs are kept for 90 days.");
        assertThat(Conflicts.among(search("How long are visitor logs kept?"))).hasSize(1);
    }

    @Test
    void tellsNothingOfADocumentThatTheReaderMayNotSee() {
        write("a.txt", "Visitor logs are kept for 90 days.");
        UUID hidden = installation.collection("hidden");
        installation.write(hidden, "b.txt", "Visitor logs are kept for 30 days.");
        SearchResult found = installation
                .retrieval()
                .search()
                .search(new SearchRequest(
                        "How long are visitor logs kept?",
                        installation
                                .retrieval()
                                .inForce(installation.rights(Principal.CONSOLE).narrowedTo(collection)),
                        10));
        assertThat(Conflicts.among(found)).isEmpty();
    }

    private UUID write(String path, String text) {
        return ((Written.Ready) installation.write(collection, path, text)).document();
    }

    private void describe(UUID document, @Nullable String site, @Nullable LocalDate expires) {
        Details details = new Details(null, site, false, null, null, expires, null, new TreeSet<>(), new TreeMap<>());
        installation.retrieval().writer().describe(document, details, Principal.CONSOLE);
    }

    private SearchResult search(String question) {
        return installation
                .retrieval()
                .search()
                .search(new SearchRequest(
                        question, installation.retrieval().inForce(installation.rights(Principal.CONSOLE)), 10));
    }
}

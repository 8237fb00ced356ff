package org.cartulary.retrieval.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.retrieval.scope.SearchScope;
import org.cartulary.retrieval.search.Hit;
import org.cartulary.retrieval.search.Search;
import org.cartulary.retrieval.search.SearchRequest;
import org.cartulary.retrieval.testing.Hits;
import org.cartulary.retrieval.testing.Installation;
import org.junit.jupiter.api.Test;

final class HeadingRowsTest {
    private static final String BARS = """
            Fees of 2026.
            | Treatment | Adults | Children |
            |---|---|---|
            | Check-up | 28 euros | free |
            | Extraction | 64 euros | 32 euros |
            Appointments that are missed cost 20 euros.""";

    /** As PDF leaves it. */
    private static final String LINES = """
            4. Business and events

            Licence or permit Fee Runs for

            Taxi licence, new $215 Three years

            Care worker No fee One year

            Street event up to 200 people $60 One day

            Charitable organisations pay $10.""";

    @Test
    void findsTheRowOfLabelsOverARowOfCells() {
        assertThat(over(BARS, "| Extraction")).containsExactly("| Treatment | Adults | Children |");
        assertThat(over(BARS, "| Check-up")).containsExactly("| Treatment | Adults | Children |");
    }

    @Test
    void findsItWhereOnlyLinesAreLeftOfATable() {
        assertThat(over(LINES, "Taxi licence")).containsExactly("Licence or permit Fee Runs for");
        assertThat(over(LINES, "Street event")).containsExactly("Licence or permit Fee Runs for");
    }

    @Test
    void findsNoneOverSentencesAndOverTheHeadingRowItself() {
        assertThat(over(BARS, "Appointments")).isEmpty();
        assertThat(over(BARS, "| Treatment")).isEmpty();
        assertThat(over(LINES, "Charitable")).isEmpty();
        assertThat(over(LINES, "4. Business")).isEmpty();
        assertThat(over("Visitors come at 8.\nThey leave at 9.", "They")).isEmpty();
    }

    @Test
    void takesNoRowOfFiguresForLabels() {
        assertThat(over("| Oak Room | 20 |\n| Elm Room | 40 |\n| Hall | 180 |", "| Hall"))
                .isEmpty();
        assertThat(over("Oak Room 20 $45\nElm Room 40 $70\nHall 180 $260", "Hall"))
                .isEmpty();
    }

    @Test
    void yearsMayHeadColumns() {
        String table = "| Site | 2024 | 2025 |\n| North | 12 | 14 |\n| South | 9 | 11 |";
        assertThat(over(table, "| South")).containsExactly("| Site | 2024 | 2025 |");
    }

    @Test
    void leavesRowsAloneThatNameTheirCells() {
        String rows = "Item: Permit; Fee: 85\nItem: Drawing; Fee: 12\nItem: Copy; Fee: 3";
        assertThat(over(rows, "Item: Copy")).isEmpty();
    }

    @Test
    void findsItInAPassageBeforeUnderTheReadersRights() {
        try (Installation installation = Installation.fresh()) {
            UUID collection = installation.collection("house");
            installation.write(collection, "fees.txt", """
                    | Treatment | Adults | Children |
                    | Check-up | 28 euros | free |

                    | Extraction of a tooth | 64 euros | 32 euros |""");
            Search search = installation.retrieval().search();
            SearchScope scope = installation
                    .retrieval()
                    .inForce(installation.rights(Principal.CONSOLE).narrowedTo(collection));
            Hit row = search.search(new SearchRequest("extraction of a tooth", scope, 5)).hits().stream()
                    .filter(hit -> hit.text().startsWith("| Extraction"))
                    .findFirst()
                    .orElseThrow();
            HeadingRows rows = new HeadingRows(search);
            assertThat(rows.over(row, row.start(), scope)).hasValueSatisfying(heading -> {
                assertThat(heading.text()).isEqualTo("| Treatment | Adults | Children |");
                assertThat(heading.hit().passage()).isNotEqualTo(row.passage());
            });
            SearchScope elsewhere =
                    scope.within(installation.rights(Principal.CONSOLE).narrowedTo(installation.collection("other")));
            assertThat(rows.over(row, row.start(), elsewhere)).isEmpty();
        }
    }

    private static List<String> over(String text, String row) {
        Hit hit = Hits.of(1, "Fees", text);
        return HeadingRows.over(hit, text.indexOf(row), List.of(hit)).stream()
                .map(HeadingRow::text)
                .toList();
    }
}

package org.cartulary.retrieval.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.retrieval.scope.SearchScope;
import org.cartulary.retrieval.scope.Standing;
import org.cartulary.retrieval.search.Hit;
import org.cartulary.retrieval.search.SearchRequest;
import org.cartulary.retrieval.testing.Installation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the house says of documents decides what is found: by words, by meaning, and by both. */
class InForceTest {
    private static final LocalDate DAY = LocalDate.of(2026, 6, 15);
    private static Installation installation;
    private static int collections;
    private UUID collection;

    @BeforeAll
    static void open() {
        installation = Installation.fresh();
    }

    @AfterAll
    static void close() {
        installation.close();
    }

    @BeforeEach
    void anotherCollection() {
        collection = installation.collection("house-" + collections++);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "false, -, -, -, IN_FORCE",
                "false, 2026-06-15, -, -, IN_FORCE",
                "false, 2026-06-16, -, -, NOT_YET",
                "false, -, 2026-06-15, -, IN_FORCE",
                "false, -, 2026-06-14, -, EXPIRED",
                "false, -, -, 2026-06-16, IN_FORCE",
                "false, -, -, 2026-06-15, SUPERSEDED",
                "false, -, 2026-06-14, 2026-06-14, SUPERSEDED",
                "false, 2026-07-01, -, 2026-06-01, SUPERSEDED",
                "true, 2026-01-01, 2026-02-01, 2026-01-15, DRAFT",
            })
    void isFoundByTheStandingThatItsDatesGiveIt(
            boolean draft,
            @Nullable LocalDate effectiveOn,
            @Nullable LocalDate expiresOn,
            @Nullable LocalDate withdrawnOn,
            Standing expected) {
        UUID document = write("visiting.txt", "Visitors leave at eight.");
        describe(
                document,
                new Details(
                        null,
                        null,
                        draft,
                        effectiveOn,
                        null,
                        expiresOn,
                        withdrawnOn,
                        new TreeSet<>(),
                        new TreeMap<>()));
        for (Standing standing : Standing.values()) {
            List<String> wanted = standing == expected ? List.of("visiting.txt") : List.of();
            assertThat(paths(scope(EnumSet.of(standing)))).as("%s", standing).isEqualTo(wanted);
            assertThat(byWords(scope(EnumSet.of(standing)))).as("%s", standing).isEqualTo(wanted);
            assertThat(byMeaning(scope(EnumSet.of(standing))))
                    .as("%s", standing)
                    .isEqualTo(wanted);
        }
        assertThat(search(scope(EnumSet.allOf(Standing.class)))
                        .getFirst()
                        .holding()
                        .standing())
                .isEqualTo(expected);
    }

    @Test
    void leavesASupersededDocumentOutFromTheDayOfItsSuccessor() {
        write("2021.txt", "Visitors leave at seven.");
        UUID successor = write("2026.txt", "Visitors leave at eight.");
        describe(successor, superseding(DAY, "2021.txt"));
        assertThat(paths(scope(DAY.minusDays(1)))).containsExactly("2021.txt");
        assertThat(paths(scope(DAY))).containsExactly("2026.txt");
        assertThat(search(scope(EnumSet.of(Standing.SUPERSEDED))))
                .singleElement()
                .satisfies(hit ->
                        assertThat(hit.holding().validity().supersededOn()).isEqualTo(DAY));
    }

    @Test
    void supersedesADocumentThatComesLaterOrComesAgain() {
        UUID successor = write("2026.txt", "Visitors leave at eight.");
        describe(successor, superseding(DAY.minusDays(3), "2021.txt"));
        write("2021.txt", "Visitors leave at seven.");
        assertThat(paths(scope(DAY))).containsExactly("2026.txt");
        write("2021.txt", "Visitors leave at seven, or so.");
        assertThat(paths(scope(DAY))).containsExactly("2026.txt");
    }

    @Test
    void supersedesANewVersionThatComesAtTheSameTime() throws Exception {
        UUID successor = write("2026.txt", "Visitors leave at eight.");
        try (ExecutorService both = Executors.newFixedThreadPool(2)) {
            for (int round = 0; round < 10; round++) {
                describe(successor, Details.NONE);
                String text = "Visitors leave at seven, version " + round + ".";
                Future<?> comes = both.submit(() -> write("2021.txt", text));
                Future<?> supersedes = both.submit(() -> describe(successor, superseding(DAY, "2021.txt")));
                comes.get();
                supersedes.get();
                assertThat(paths(scope(DAY))).as("round %s", round).containsExactly("2026.txt");
            }
        }
    }

    @Test
    void holdsAgainWhenItsSuccessorIsADraftOrGone() {
        write("2021.txt", "Visitors leave at seven.");
        UUID successor = write("2026.txt", "Visitors leave at eight.");
        describe(successor, superseding(DAY, "2021.txt"));
        describe(
                successor,
                new Details(
                        null, null, true, DAY, null, null, null, new TreeSet<>(Set.of("2021.txt")), new TreeMap<>()));
        assertThat(paths(scope(DAY))).containsExactly("2021.txt");
        describe(successor, superseding(DAY, "2021.txt"));
        assertThat(paths(scope(DAY))).containsExactly("2026.txt");
        assertThat(installation.retrieval().writer().delete(successor, Principal.CONSOLE))
                .isTrue();
        assertThat(paths(scope(DAY))).containsExactly("2021.txt");
    }

    @Test
    void refusesCirclesOfSupersession() {
        UUID first = write("a.txt", "Visitors leave at seven.");
        UUID second = write("b.txt", "Visitors leave at eight.");
        describe(second, superseding(DAY, "a.txt"));
        DocumentWriter writer = installation.retrieval().writer();
        assertThat(writer.describe(first, superseding(DAY, "b.txt"), Principal.CONSOLE))
                .isInstanceOf(DocumentWriter.Described.Circle.class);
        assertThat(writer.describe(first, superseding(DAY, "a.txt"), Principal.CONSOLE))
                .isInstanceOf(DocumentWriter.Described.Circle.class);
        assertThat(writer.describe(new UUID(0, 0), Details.NONE, Principal.CONSOLE))
                .isInstanceOf(DocumentWriter.Described.NotFound.class);
        assertThat(paths(scope(DAY))).containsExactly("b.txt");
    }

    @Test
    void keepsWhatWasSaidWhenANewVersionComes() {
        UUID before = write("visiting.txt", "Visitors leave at seven.");
        Details details = new Details(
                "Ward office",
                "north",
                false,
                DAY,
                DAY.plusYears(1),
                null,
                null,
                new TreeSet<>(),
                new TreeMap<>(Map.of("kind", "rule")));
        describe(before, details);
        UUID after = write("visiting.txt", "Visitors leave at eight.");
        assertThat(after).isNotEqualTo(before);
        Document document = installation
                .retrieval()
                .catalog()
                .findByPath(collection, "visiting.txt")
                .orElseThrow();
        assertThat(document.details()).isEqualTo(details);
    }

    @Test
    void findsBySiteFieldAndDate() {
        describe(write("north.txt", "Visitors of the north leave at seven."), at("north", "kind", "rule", DAY));
        describe(
                write("south.txt", "Visitors of the south leave at eight."),
                at("south", "kind", "notice", DAY.minusYears(1)));
        write("both.txt", "Visitors leave in the end.");
        assertThat(paths(wanting(Set.of("north"), Map.of(), null, null)))
                .containsExactlyInAnyOrder("north.txt", "both.txt");
        assertThat(paths(wanting(Set.of("north", "south"), Map.of(), null, null)))
                .hasSize(3);
        assertThat(paths(wanting(Set.of(), Map.of("kind", "notice"), null, null)))
                .containsExactly("south.txt");
        assertThat(paths(wanting(Set.of(), Map.of("kind", "other"), null, null)))
                .isEmpty();
        assertThat(paths(wanting(Set.of(), Map.of(), DAY.minusDays(1), DAY))).containsExactly("north.txt");
        assertThat(paths(wanting(Set.of(), Map.of(), null, DAY.minusYears(1)))).containsExactly("south.txt");
    }

    @Test
    void refusesDetailsThatMakeNoSense() {
        assertThatThrownBy(() -> at(" ", "kind", "rule", DAY)).hasMessageContaining("The site");
        assertThatThrownBy(() -> at("north", "Kind of", "rule", DAY)).hasMessageContaining("\"Kind of\"");
        assertThatThrownBy(() -> new Details(
                        null, null, false, DAY, null, DAY.minusDays(1), null, new TreeSet<>(), new TreeMap<>()))
                .hasMessageContaining("cannot expire");
    }

    private UUID write(String path, String text) {
        Written written = installation.write(collection, path, text);
        return ((Written.Ready) written).document();
    }

    private static void describe(UUID document, Details details) {
        assertThat(installation.retrieval().writer().describe(document, details, Principal.CONSOLE))
                .isInstanceOf(DocumentWriter.Described.Done.class);
    }

    private static Details superseding(LocalDate from, String path) {
        return new Details(null, null, false, from, null, null, null, new TreeSet<>(Set.of(path)), new TreeMap<>());
    }

    private static Details at(String site, String field, String value, LocalDate from) {
        return new Details(
                null, site, false, from, null, null, null, new TreeSet<>(), new TreeMap<>(Map.of(field, value)));
    }

    private SearchScope scope(LocalDate day) {
        return SearchScope.inForce(installation.rights(Principal.CONSOLE).narrowedTo(collection), day);
    }

    private SearchScope scope(Set<Standing> standings) {
        return new SearchScope(scope(DAY).readable(), DAY, standings, new TreeSet<>(), new TreeMap<>(), null, null);
    }

    private SearchScope wanting(
            Set<String> sites, Map<String, String> fields, @Nullable LocalDate from, @Nullable LocalDate to) {
        return new SearchScope(
                scope(DAY).readable(),
                DAY,
                EnumSet.of(Standing.IN_FORCE),
                new TreeSet<>(sites),
                new TreeMap<>(fields),
                from,
                to);
    }

    private static List<Hit> search(SearchScope scope) {
        return installation.retrieval().search().search(request(scope)).hits();
    }

    private static List<String> paths(SearchScope scope) {
        List<String> both = search(scope).stream().map(Hit::path).toList();
        assertThat(byWords(scope)).containsExactlyInAnyOrderElementsOf(both);
        assertThat(byMeaning(scope)).containsExactlyInAnyOrderElementsOf(both);
        return both;
    }

    private static List<String> byWords(SearchScope scope) {
        return installation.retrieval().search().searchByWords(request(scope)).stream()
                .map(Hit::path)
                .toList();
    }

    private static List<String> byMeaning(SearchScope scope) {
        return installation.retrieval().search().searchByMeaning(request(scope)).stream()
                .map(Hit::path)
                .toList();
    }

    private static SearchRequest request(SearchScope scope) {
        return new SearchRequest("When do visitors leave?", scope, 10, false, false);
    }
}

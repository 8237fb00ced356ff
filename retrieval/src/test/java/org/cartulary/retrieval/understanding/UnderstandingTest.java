package org.cartulary.retrieval.understanding;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.retrieval.catalog.Details;
import org.cartulary.retrieval.catalog.Written;
import org.cartulary.retrieval.scope.Standing;
import org.cartulary.retrieval.search.Hit;
import org.cartulary.retrieval.search.SearchRequest;
import org.cartulary.retrieval.search.SearchResult;
import org.cartulary.retrieval.search.WhyHit;
import org.cartulary.retrieval.synonym.SynonymList;
import org.cartulary.retrieval.synonym.Synonyms;
import org.cartulary.retrieval.testing.Installation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnderstandingTest {
    private static Installation installation;
    private static UUID house;
    private static UUID other;
    private static UUID old;

    @BeforeAll
    static void write() {
        installation = Installation.fresh();
        house = installation.collection("house");
        other = installation.collection("other");
        write("codes.txt", """
                J01GB03 is kept in the refrigerator of the pharmacy.

                J01GB06 is kept in the cupboard of the pharmacy, beside the antibiotics that are given most.

                The diagnosis E11.9 is coded where diabetes has no complications.

                The diagnosis E11.7 is coded where diabetes has several complications.

                In case 12 K 345/24 the court found for the hospital.

                In case 12 K 346/24 the court found against the hospital, in all matters of the case and the court.

                § 12 Abs. 3 allows visits at night.

                § 12 Abs. 2 forbids visits at night, and says why visits at night are forbidden.

                Form SOP-17-03 is filled in for each visit.""");
        old = write("visitor-policy-2019.txt", "Visitors leave the ward at seven in the evening.");
        write("visitor-policy-2021.txt", "Visitors leave the ward at eight in the evening.");
        describe(
                write("visitor-policy-2024.txt", "Visitors leave the ward at nine in the evening."),
                "visitor-policy-2021.txt");
        write("hygiene-plan.txt", "Hands are disinfected for thirty seconds.");
        write(
                "kitchen.txt",
                "Hands are washed before cooking, and disinfected for as long as it takes in the kitchen.");
        write("icu.txt", "The intensive care unit admits visitors after a call.\n\nThe kitchen admits no visitors.");
        write(
                "deutsch.txt",
                "Die Besuchszeiten auf den Stationen enden um acht Uhr abends. Besucherinnen und Besucher melden"
                        + " sich an der Pforte an und tragen dort ihre Namen in das Buch ein, das der Pförtner führt.");
    }

    @AfterAll
    static void close() {
        installation.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Where in the pharmacy are the antibiotics J01GB03 kept? | J01GB03 is",
                "When is E11.9 coded, with complications of diabetes or without? | E11.9 is",
                "What did the court find in the case 12 K 345/24? | 12 K 345/24",
                "Who forbids visits at night by § 12 (3)? | § 12 Abs. 3",
                "What is SOP-17-03? | SOP-17-03"
            })
    void whoeverAsksForAnIdentifierGetsItFirst(String question, String expected) {
        SearchResult found = search(question);
        assertThat(found.hits().getFirst().text()).contains(expected);
        assertThat(found.understood()).anyMatch(note -> note.kind() == Understood.Kind.IDENTIFIER);
        assertThat(found.hits())
                .extracting(hit -> hit.scores().ranked())
                .isSortedAccordingTo((a, b) -> Double.compare(b, a));
    }

    @Test
    void aFileNameNarrowsToThatFile() {
        SearchResult found = search("How long are hands disinfected, by Hygiene-Plan.txt?");
        assertThat(found.hits()).extracting(Hit::path).containsExactly("hygiene-plan.txt");
    }

    @Test
    void aTitleIsPreferredAndOthersStay() {
        SearchResult found = search("How long are hands disinfected by the hygiene plan?");
        assertThat(found.hits())
                .extracting(Hit::path)
                .startsWith("hygiene-plan.txt")
                .contains("kitchen.txt");
        assertThat(found.understood())
                .contains(new Understood(Understood.Kind.DOCUMENT, "hygiene-plan.txt", "preferred"));
    }

    @Test
    void aYearTellsVersionsApartAndBringsASupersededOneBackMarked() {
        SearchResult found = search("When do visitors leave by the Visitor Policy 2021?");
        assertThat(found.hits()).extracting(Hit::path).containsExactly("visitor-policy-2021.txt");
        assertThat(found.hits().getFirst().holding().standing()).isEqualTo(Standing.SUPERSEDED);
        assertThat(search("When do visitors leave by visitor-policy-2021.txt?").hits())
                .extracting(Hit::path)
                .containsExactly("visitor-policy-2021.txt");
        assertThat(search("When do visitors leave by the Visitor Policy?").hits())
                .extracting(Hit::path)
                .doesNotContain("visitor-policy-2021.txt");
    }

    @Test
    void aNameThatTheReaderMayNotReadMeansNothing() {
        SearchResult found = installation
                .retrieval()
                .search()
                .search(new SearchRequest(
                        "When do visitors leave by visitor-policy-2019.txt?",
                        installation
                                .retrieval()
                                .inForce(installation.rights(Principal.CONSOLE).narrowedTo(other)),
                        10));
        assertThat(found.understood()).isEmpty();
        assertThat(old).isNotNull();
    }

    @Test
    void otherWordsOfACollectionFindWhatTheQuestionDoesNotSay() {
        SynonymList list = new SynonymList(List.of(SynonymList.line("ICU, intensive care unit")));
        installation.retrieval().synonyms().set(house, list, Principal.CONSOLE);
        assertThat(new Synonyms(installation.jdbi()).list(house)).isEqualTo(list);
        SearchResult found = search("Who may enter the ICU?");
        assertThat(found.hits().getFirst().text()).startsWith("The intensive care unit");
        assertThat(found.understood())
                .contains(new Understood(Understood.Kind.SYNONYM, "intensive care unit", "searched too, for \"ICU\""));
        assertThat(new Synonyms(installation.jdbi()).of("Who may enter the ICU?", List.of(other)))
                .isEmpty();
        installation.retrieval().synonyms().set(house, SynonymList.EMPTY, Principal.CONSOLE);
    }

    @Test
    void germanWordsAreFoundInTheirOtherForms() {
        SearchResult found = search("Wann endet die Besuchszeit auf der Station?");
        Hit best = found.hits().getFirst();
        assertThat(best.path()).isEqualTo("deutsch.txt");
        assertThat(best.language()).isEqualTo("de");
        assertThat(WhyHit.of(found).getFirst().highlights())
                .extracting(span -> best.text().substring(span.start(), span.end()))
                .contains("Besuchszeiten", "Stationen");
    }

    @Test
    void aLanguageThatTheEmbedderDoesNotKnowIsSearchedByWordsAloneAndThatIsSaid() {
        SearchResult found = search("Wann enden die Besuchszeiten auf der Station?");
        assertThat(found.hits()).allMatch(hit -> hit.scores().dense() == null);
        assertThat(found.understood())
                .anyMatch(note -> note.kind() == Understood.Kind.LANGUAGE
                        && note.text().equals("de")
                        && note.effect().contains("German"));
        SearchResult stated = search("Besuchszeiten Station", new Wording("de", false, List.of(), List.of()));
        assertThat(stated.understood()).anyMatch(note -> note.kind() == Understood.Kind.LANGUAGE);
        SearchResult english =
                search("Wann enden die Besuchszeiten auf der Station?", new Wording("en", false, List.of(), List.of()));
        assertThat(english.understood()).isEmpty();
    }

    @Test
    void onlyWhoWantsItExactlyLosesWhatDoesNotHoldThePhrase() {
        String question = "When do visitors leave \"the ward at nine\"?";
        assertThat(search(question).hits()).hasSizeGreaterThan(2);
        assertThat(search(question, new Wording(null, true, List.of(), List.of()))
                        .hits())
                .extracting(Hit::path)
                .containsExactly("visitor-policy-2024.txt");
    }

    @Test
    void whatIsToBeLeftOutIsInNoHit() {
        assertThat(search("Which visits are at night?", new Wording(null, false, List.of("forbids visits"), List.of()))
                        .hits())
                .isNotEmpty()
                .noneMatch(hit -> hit.text().contains("forbids"));
    }

    @Test
    void aQuestionThatLeansOnAnotherIsSearchedWithItsWordsAndAsItIs() {
        Wording after = new Wording(null, false, List.of(), List.of("How long are hands disinfected?"));
        SearchResult found = search("And in the kitchen?", after);
        assertThat(found.question()).isEqualTo("And in the kitchen? hands disinfected");
        assertThat(found.hits().getFirst().path()).isEqualTo("kitchen.txt");
        assertThat(found.understood()).extracting(Understood::kind).containsExactly(Understood.Kind.FOLLOW_UP);
        assertThat(search("When do visitors leave the ward in the evening?", after)
                        .understood())
                .isEmpty();
        assertThat(search("And in the kitchen?").understood()).isEmpty();
    }

    @Test
    void aFollowUpIsAnsweredFromTheVersionThatWasNamedBeforeAndFromNoOther() {
        Wording after =
                new Wording(null, false, List.of(), List.of("When do visitors leave by the Visitor Policy 2021?"));
        assertThat(search("And the ward in the evening?", after).hits())
                .extracting(Hit::path)
                .containsExactly("visitor-policy-2021.txt");
        assertThat(search("And by the Visitor Policy 2024?", after).hits())
                .extracting(Hit::path)
                .containsExactly("visitor-policy-2024.txt");
    }

    @Test
    void whatTheIndexCannotTellIsSaidToChangeNothing() {
        assertThat(search("Which visits are at night?", new Wording(null, false, List.of("die"), List.of()))
                        .understood())
                .contains(new Understood(
                        Understood.Kind.WITHOUT,
                        "die",
                        "passages that hold it are left out, but not of passages in German, of which the index holds no"
                                + " such words"));
        SearchResult found = search("Who reads \"?!\"", new Wording(null, true, List.of("..."), List.of()));
        assertThat(found.understood())
                .filteredOn(note -> note.effect().startsWith("changes nothing"))
                .extracting(Understood::text)
                .containsExactlyInAnyOrder("?!", "...");
    }

    @Test
    void aListOfOtherWordsThatWasReplacedCountsAtTheNextQuestion() {
        keep("kitchen, cookhouse");
        assertThat(search("Where is the cookhouse?").understood())
                .extracting(Understood::text)
                .containsExactly("kitchen");
        keep("ward, cookhouse");
        assertThat(search("Where is the cookhouse?").understood())
                .extracting(Understood::text)
                .containsExactly("ward");
        installation.retrieval().synonyms().set(house, SynonymList.EMPTY, Principal.CONSOLE);
        assertThat(search("Where is the cookhouse?").understood()).isEmpty();
    }

    private static void keep(String line) {
        installation
                .retrieval()
                .synonyms()
                .set(house, new SynonymList(List.of(SynonymList.line(line))), Principal.CONSOLE);
    }

    private static UUID write(String path, String text) {
        return ((Written.Ready) installation.write(house, path, text)).document();
    }

    private static void describe(UUID document, String supersedes) {
        Details details = new Details(
                null,
                null,
                false,
                LocalDate.of(2024, 1, 1),
                null,
                null,
                null,
                new TreeSet<>(List.of(supersedes)),
                new TreeMap<>());
        installation.retrieval().writer().describe(document, details, Principal.CONSOLE);
    }

    private static SearchResult search(String question) {
        return search(question, Wording.PLAIN);
    }

    private static SearchResult search(String question, Wording wording) {
        return installation
                .retrieval()
                .search()
                .search(new SearchRequest(
                        question,
                        installation.retrieval().inForce(installation.rights(Principal.CONSOLE)),
                        10,
                        wording));
    }
}

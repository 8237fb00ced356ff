package org.cartulary.retrieval.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.retrieval.index.Embedders;
import org.cartulary.retrieval.testing.Installation;
import org.cartulary.retrieval.testing.ScriptedReranker;
import org.cartulary.retrieval.testing.TrigramEmbedder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A reranker within a whole search. */
class RerankedSearchTest {
    private static Installation installation;

    @BeforeAll
    static void write() {
        installation = Installation.fresh(Embedders.only(new TrigramEmbedder("aa", 64)));
        UUID rules = installation.collection("rules");
        installation.write(rules, "codes.txt", "J01GB03 lies in the cold.\n\nJ01GB03 is dear, and J01GB06 as well.");
        for (int i = 0; i < 50; i++) {
            installation.write(
                    rules,
                    "rule-" + i + ".txt",
                    "Rule " + i + " of the pharmacy says where things are kept " + i + ".");
        }
    }

    @BeforeEach
    void rerankAgainstTheCode() {
        installation.rerankWith(ScriptedReranker.by(
                text -> text.contains("J01GB03") ? 0 : (1 + Math.floorMod(text.hashCode(), 97)) / 100.0));
    }

    @AfterAll
    static void close() {
        installation.close();
    }

    @Test
    void whatHoldsAnIdentifierComesFirstWhateverTheRerankerThinksOfIt() {
        List<Hit> hits = search("Where in the pharmacy is J01GB03 kept?", 20).hits();
        assertThat(hits.subList(0, 2)).allMatch(hit -> hit.text().contains("J01GB03"));
        assertThat(hits.get(2).scores().reranked()).isPositive();
        assertThat(hits.getFirst().scores().reranked()).isZero();
        assertThat(hits).extracting(hit -> hit.scores().ranked()).isSortedAccordingTo((a, b) -> Double.compare(b, a));
    }

    @Test
    void ofWhatHoldsItTheRerankerDecidesTheOrder() {
        installation.rerankWith(ScriptedReranker.by(text -> text.contains("dear") ? 1 : 0));
        assertThat(search("Is J01GB03 kept in the cold?", 5).hits().getFirst().text())
                .contains("dear");
        installation.rerankWith(ScriptedReranker.by(text -> text.contains("cold") ? 1 : 0));
        assertThat(search("Is J01GB03 kept in the cold?", 5).hits().getFirst().text())
                .contains("cold");
    }

    @Test
    void aShortListBeginsAsALongOneDoesToTheLastDigit() {
        List<Hit> all = search("Where does the pharmacy keep things?", 40).hits();
        for (int limit : new int[] {1, 5, 9, 10, 25}) {
            assertThat(search("Where does the pharmacy keep things?", limit).hits())
                    .isEqualTo(all.subList(0, limit));
        }
    }

    private static SearchResult search(String question, int limit) {
        return installation
                .retrieval()
                .search()
                .search(new SearchRequest(
                        question, installation.retrieval().inForce(installation.rights(Principal.CONSOLE)), limit));
    }
}

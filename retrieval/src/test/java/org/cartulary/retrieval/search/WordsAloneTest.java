package org.cartulary.retrieval.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.inference.InferenceFailed;
import org.cartulary.retrieval.index.Embedders;
import org.cartulary.retrieval.quote.Candidate;
import org.cartulary.retrieval.quote.CandidateScorer;
import org.cartulary.retrieval.replay.RecordedSearch;
import org.cartulary.retrieval.replay.ReplayedSearch;
import org.cartulary.retrieval.replay.SearchReplay;
import org.cartulary.retrieval.testing.Installation;
import org.cartulary.retrieval.testing.TrigramEmbedder;
import org.junit.jupiter.api.Test;

/** Questions in a language that the embedder does not know. */
class WordsAloneTest {
    private static final String GERMAN = "Wann enden die Besuchszeiten auf der Station?";

    @Test
    void aSearchByWordsAloneAsksNoModelAndCanBeReplayed() {
        TrigramEmbedder embedder = new TrigramEmbedder("aa", 64, List.of("en"));
        try (Installation installation = Installation.fresh(Embedders.only(embedder))) {
            installation.write(
                    installation.collection("ward"), "zeiten.txt", "Die Besuchszeiten auf der Station enden um acht.");
            SearchRequest german = request(installation, GERMAN);
            List<Candidate> candidates = new CandidateScorer(embedder)
                    .score(installation.retrieval().search().search(german));
            assertThat(candidates.getFirst().similarity()).isPositive();
            embedder.failQuestions();
            SearchResult found = installation.retrieval().search().search(german);
            assertThat(found.hits()).extracting(Hit::path).containsExactly("zeiten.txt");
            assertThat(found.queryVector()).isEmpty();
            assertThat(replay(installation, german, found).grade()).isEqualTo(ReplayedSearch.Grade.EXACT);
            SearchRequest english = request(installation, "When do the visiting hours of the ward end?");
            assertThatThrownBy(() -> installation.retrieval().search().search(english))
                    .isInstanceOf(InferenceFailed.class);
        }
    }

    private static SearchRequest request(Installation installation, String question) {
        return new SearchRequest(question, installation.retrieval().inForce(installation.rights(Principal.CONSOLE)), 5);
    }

    private static ReplayedSearch replay(Installation installation, SearchRequest request, SearchResult found) {
        RecordedSearch recorded = new RecordedSearch(
                found.generation(),
                request,
                found.queryVectors(),
                found.readings(),
                null,
                found.change(),
                0,
                found.hits().stream()
                        .map(hit -> new RecordedSearch.RecordedHit(hit.passage(), hit.document(), hit.scores()))
                        .toList());
        return new SearchReplay(installation.jdbi(), installation.retrieval().builder())
                .replay(recorded)
                .orElseThrow();
    }
}

package org.cartulary.appliance.asking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.cartulary.compliance.rights.ReadFilter;
import org.cartulary.inference.ModelCard;
import org.cartulary.retrieval.context.Source;
import org.cartulary.retrieval.quote.Candidate;
import org.cartulary.retrieval.scope.SearchScope;
import org.cartulary.retrieval.search.Reranked;
import org.cartulary.retrieval.search.SearchRequest;
import org.cartulary.retrieval.search.SearchResult;
import org.cartulary.retrieval.search.Timings;
import org.junit.jupiter.api.Test;

/** Which of two wordings counts while models change; what they say is in the tests of each. */
class PromotedWordingTest {
    private static final ModelCard TRUSTED = model("a", ModelCard.Role.CHAT);
    private static final ModelCard OTHER = model("b", ModelCard.Role.CHAT);
    private static final ModelCard EMBEDDER = model("e", ModelCard.Role.EMBEDDING);
    private static final Wording.Author IN_ITS_WORDS = new Wording.Author(Answer.Mode.GENERATE, TRUSTED);
    private static final Wording.Author QUOTED = new Wording.Author(Answer.Mode.QUOTE, EMBEDDER);

    private final Changing words = new Changing(Answer.Mode.GENERATE, TRUSTED);
    private final Set<ModelCard> promoted = new HashSet<>(Set.of(TRUSTED));
    private final Wording wording =
            new PromotedWording(words, new Changing(Answer.Mode.QUOTE, EMBEDDER), promoted::contains);

    @Test
    void quotesWhileAnotherModelServesThanTheOneThatWasPromoted() {
        assertThat(wording.author()).isEqualTo(IN_ITS_WORDS);
        assertThat(planned()).isEqualTo(IN_ITS_WORDS);

        words.serves(OTHER);
        assertThat(wording.author()).isEqualTo(QUOTED);
        assertThat(planned()).isEqualTo(QUOTED);

        words.serves(TRUSTED);
        assertThat(wording.author()).isEqualTo(IN_ITS_WORDS);
        assertThat(planned()).isEqualTo(IN_ITS_WORDS);
    }

    @Test
    void quotesAsSoonAsTheModelIsTrustedNoMore() {
        promoted.clear();
        assertThat(wording.author()).isEqualTo(QUOTED);
        assertThat(planned()).isEqualTo(QUOTED);
    }

    @Test
    void letsNoModelWordAnAnswerThatCameBetweenTheLookAndThePlan() {
        words.servesOneAfterTheOther(TRUSTED, OTHER);
        assertThat(planned()).isEqualTo(QUOTED);
    }

    @Test
    void quotesWhereTheTrustedModelComesBackOnlyAfterTheLook() {
        words.servesOneAfterTheOther(OTHER, TRUSTED);
        assertThat(planned()).isEqualTo(QUOTED);
        assertThat(planned()).isEqualTo(IN_ITS_WORDS);
    }

    @Test
    void namesModeAndModelOfOneLook() {
        words.servesOneAfterTheOther(TRUSTED, OTHER);
        assertThat(wording.author()).isEqualTo(IN_ITS_WORDS);
        assertThat(wording.author()).isEqualTo(QUOTED);
    }

    private Wording.Author planned() {
        SearchScope scope = SearchScope.inForce(new ReadFilter(1, new TreeMap<>()), LocalDate.of(2026, 1, 1));
        Duration no = Duration.ZERO;
        SearchResult nothing = new SearchResult(
                new SearchRequest("Who?", scope, 1),
                "Who?",
                scope,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                "g1",
                new Reranked.No(),
                0,
                new Timings(no, no, no, no, no, no, no),
                List.of());
        return wording.plan("Who?", nothing, List.of()).author();
    }

    private static ModelCard model(String sha256, ModelCard.Role role) {
        return new ModelCard(sha256, sha256, role, "F32", "none", "none", 512, false, List.of());
    }

    /** Rests on whatever model serves at each look. */
    private static final class Changing implements Wording {
        private final Answer.Mode mode;
        private final Deque<ModelCard> serving = new ArrayDeque<>();

        Changing(Answer.Mode mode, ModelCard model) {
            this.mode = mode;
            serves(model);
        }

        void serves(ModelCard model) {
            servesOneAfterTheOther(model);
        }

        /** Each at one look, the last one from then on. */
        void servesOneAfterTheOther(ModelCard... models) {
            serving.clear();
            serving.addAll(List.of(models));
        }

        @Override
        public Author author() {
            return new Author(mode, serving.size() > 1 ? serving.remove() : serving.element());
        }

        @Override
        public Plan plan(String question, SearchResult found, List<Candidate> candidates) {
            return new Planned(author());
        }
    }

    private record Planned(Wording.Author author) implements Wording.Plan {
        @Override
        public List<Source> sources() {
            return List.of();
        }

        @Override
        public Map<String, Object> record() {
            return Map.of();
        }

        @Override
        public Wording.Draft word(Presence presence, Consumer<String> deltas) {
            return new Wording.Draft("", List.of(), Map.of(), List.of(), Map.of());
        }
    }
}

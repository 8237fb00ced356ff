package org.cartulary.retrieval.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.retrieval.search.Hit;
import org.cartulary.retrieval.search.SearchRequest;
import org.cartulary.retrieval.search.SearchResult;
import org.cartulary.retrieval.testing.Installation;
import org.cartulary.retrieval.testing.TestEmbedder;
import org.junit.jupiter.api.Test;

final class SurroundingsTest {
    private static final String RULES = """
            Ward rules hang at the door.

            Visitors come from 14:00 to 20:00.

            Except on holidays: then the ward is closed to them.

            Flowers stay outside.""";

    @Test
    void putsWhatStandsAroundTheBestHitsBeforeTheHitsThatFollow() {
        try (Installation installation = Installation.fresh()) {
            UUID collection = installation.collection("house");
            installation.write(collection, "rules.txt", RULES);
            installation.write(collection, "bins.txt", "The bins go out on Tuesday.");
            SearchResult found = search(installation, collection, 2);
            SearchResult first = found.only(found.hits().subList(0, 1));
            assertThat(first.hits().getFirst().text()).startsWith("Visitors come");

            Surroundings.Gathered around =
                    new Surroundings(installation.retrieval().search()).with(first);
            assertThat(around.ordered())
                    .extracting(Hit::text)
                    .containsExactly(
                            "Visitors come from 14:00 to 20:00.",
                            "Except on holidays: then the ward is closed to them.",
                            "Ward rules hang at the door.",
                            "Flowers stay outside.");

            Context context =
                    ContextAssembler.assemble(found.question(), around, 500, TestEmbedder.shared()::countTokens);
            assertThat(context.sources())
                    .as("as the document has them")
                    .extracting(Source::text)
                    .containsExactly(
                            "Ward rules hang at the door.",
                            "Visitors come from 14:00 to 20:00.",
                            "Except on holidays: then the ward is closed to them.",
                            "Flowers stay outside.");
            assertThat(context.sources()).extracting(Source::number).containsExactly(1, 2, 3, 4);
        }
    }

    @Test
    void readsNothingAroundAHitThatMayNotBeReadAnyMore() {
        try (Installation installation = Installation.fresh()) {
            UUID collection = installation.collection("house");
            UUID other = installation.collection("other");
            installation.write(collection, "rules.txt", RULES);
            SearchResult found = search(installation, collection, 1);
            assertThat(installation
                            .retrieval()
                            .search()
                            .around(
                                    found.hits(),
                                    found.scope()
                                            .within(installation
                                                    .rights(Principal.CONSOLE)
                                                    .narrowedTo(other))))
                    .isEmpty();
        }
    }

    private static SearchResult search(Installation installation, UUID collection, int limit) {
        return installation
                .retrieval()
                .search()
                .search(new SearchRequest(
                        "When do visitors come?",
                        installation
                                .retrieval()
                                .inForce(installation.rights(Principal.CONSOLE).narrowedTo(collection)),
                        limit));
    }
}

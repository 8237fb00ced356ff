package org.cartulary.retrieval.synonym;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnalysedListsTest {
    private final AnalysedLists lists = new AnalysedLists();
    private final UUID collection = UUID.randomUUID();

    @Test
    void aListIsAnalysedOnceForEachVersion() {
        UUID first = UUID.randomUUID();
        assertThat(lists.known(collection, first)).isNull();
        List<List<AnalysedLists.Term>> kept = lists.keep(collection, first, List.of(List.of("ICU", "care units")));
        assertThat(kept)
                .containsExactly(List.of(
                        new AnalysedLists.Term("ICU", List.of("icu")),
                        new AnalysedLists.Term("care units", List.of("care", "unit"))));
        assertThat(lists.known(collection, first)).isSameAs(kept);
        UUID second = UUID.randomUUID();
        assertThat(lists.known(collection, second)).isNull();
        lists.keep(collection, second, List.of());
        assertThat(lists.known(collection, first)).isNull();
    }

    @Test
    void theListsThatWereAskedForLastAreKept() {
        List<List<String>> longest = IntStream.range(0, SynonymList.MOST_LINES)
                .mapToObj(line -> IntStream.range(0, SynonymList.MOST_TERMS)
                        .mapToObj(term -> "t" + line + "x" + term)
                        .toList())
                .toList();
        UUID version = UUID.randomUUID();
        List<UUID> collections =
                IntStream.range(0, 6).mapToObj(i -> new UUID(0, i)).toList();
        for (UUID one : collections.subList(0, 5)) {
            lists.keep(one, version, longest);
        }
        assertThat(lists.known(collections.getFirst(), version)).isNotNull();
        lists.keep(collections.getLast(), version, longest);
        assertThat(lists.known(collections.getFirst(), version)).isNotNull();
        assertThat(lists.known(collections.get(1), version)).isNull();
    }
}

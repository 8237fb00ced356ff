package org.cartulary.retrieval.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.UUID;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.rights.ReadFilter;
import org.cartulary.retrieval.catalog.Written;
import org.cartulary.retrieval.synonym.SynonymList;
import org.cartulary.retrieval.testing.Installation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A reader of random parts of a random corpus, in which documents were replaced and deleted too, gets to the last digit what
 * an index gives him that holds nothing else: by words and meaning, in two languages, with identifiers, quoted phrases, names
 * of documents and synonyms.
 */
class NothingHiddenShowsTest {
    private static final List<String> WORDS = List.of(
            "visitor", "badge", "ward", "dose", "night", "nurse", "key", "boiler", "lantern", "permit", "fee", "log");
    private static final String GERMAN =
            " Nach acht Uhr darf auf die Station nur, wer einen Ausweis trägt, der an der Pforte"
                    + " ausgegeben wird. Die Pforte führt darüber ein Buch, in das sich jede Besucherin und jeder Besucher einträgt."
                    + " Der Ausweis wird beim Verlassen des Hauses an der Pforte wieder abgegeben.";
    private static final List<String> ENDS = List.of(
            " whose lantern?",
            " by § 12 Abs. 3 and J01GB03",
            " \"night nurse\" and \"boiler\"",
            " by d7.txt or the night plan 2021",
            " fee",
            " Wer darf nach acht Uhr auf die Station?");
    private static final List<String> SAID = List.of("", " By § 12 Abs. 3.", " By § 12.", " J01GB03 it is.", GERMAN);
    private static final int DOCUMENTS = 40;
    private static final int COLLECTIONS = 4;

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void scoresAsIfTheRestWereNotThere(long seed) {
        Random random = new Random(seed);
        try (Installation all = Installation.fresh();
                Installation own = Installation.fresh()) {
            List<UUID> everywhere = collections(all);
            List<UUID> readable = new ArrayList<>();
            Set<Integer> mayRead = new HashSet<>(List.of(random.nextInt(COLLECTIONS), random.nextInt(COLLECTIONS)));
            List<UUID> alone = collections(own);
            mayRead.forEach(collection -> readable.add(everywhere.get(collection)));
            for (int i = 0; i < DOCUMENTS; i++) {
                int collection = random.nextInt(COLLECTIONS);
                String path = (i % 5 == 0 ? "night-plan-" + (2019 + i / 5) : "d" + i) + ".txt";
                String text = text(random, i);
                boolean replaced = random.nextInt(4) == 0;
                boolean deleted = random.nextInt(4) == 0;
                if (replaced) {
                    all.write(everywhere.get(collection), path, text(random, 1_000 + i));
                }
                UUID written = ready(all.write(everywhere.get(collection), path, text));
                if (deleted) {
                    assertThat(all.retrieval().writer().delete(written, Principal.CONSOLE))
                            .isTrue();
                } else if (mayRead.contains(collection)) {
                    ready(own.write(alone.get(collection), path, text));
                }
            }
            for (int i = 0; i < COLLECTIONS; i++) {
                SynonymList list = new SynonymList(List.of(List.of("fee", WORDS.get(i), WORDS.get(i + 1) + " key")));
                all.retrieval().synonyms().set(everywhere.get(i), list, Principal.CONSOLE);
                if (mayRead.contains(i)) {
                    own.retrieval().synonyms().set(alone.get(i), list, Principal.CONSOLE);
                }
            }
            for (int question = 0; question < 10; question++) {
                String words = sentence(random, 4) + ENDS.get(question % ENDS.size());
                assertThat(told(all, filter(all, readable), words))
                        .isEqualTo(told(own, own.rights(Principal.CONSOLE), words));
            }
        }
    }

    private static List<UUID> collections(Installation installation) {
        List<UUID> collections = new ArrayList<>();
        for (int i = 0; i < COLLECTIONS; i++) {
            collections.add(installation.collection("c" + i));
        }
        return collections;
    }

    private static UUID ready(Written written) {
        return ((Written.Ready) written).document();
    }

    private static ReadFilter filter(Installation installation, List<UUID> collections) {
        ReadFilter everything = installation.rights(Principal.CONSOLE);
        SortedMap<UUID, SortedSet<Long>> readable = new TreeMap<>();
        collections.forEach(collection ->
                readable.put(collection, everything.narrowedTo(collection).markings()));
        return new ReadFilter(everything.policyVersion(), readable);
    }

    /** Whatever a search returns of a passage, but for ids, which say how many were given out. */
    private record Told(String path, String text, Map<String, @Nullable Double> scores) {}

    private static List<Object> told(Installation installation, ReadFilter filter, String question) {
        SearchResult result = installation
                .retrieval()
                .search()
                .search(new SearchRequest(question, installation.retrieval().inForce(filter), 30));
        List<Object> told = new ArrayList<>(result.terms());
        told.addAll(result.understood());
        for (Hit hit : result.hits()) {
            Map<String, @Nullable Double> scores = new HashMap<>();
            scores.put("bm25", hit.scores().bm25());
            scores.put("dense", hit.scores().dense());
            scores.put("fused", hit.scores().fused());
            scores.put("ranked", hit.scores().ranked());
            told.add(new Told(hit.path(), hit.text(), scores));
        }
        return told;
    }

    private static String text(Random random, int number) {
        return "Rule " + number + ": " + sentence(random, 6 + random.nextInt(20)) + "."
                + SAID.get(random.nextInt(SAID.size()));
    }

    private static String sentence(Random random, int length) {
        StringBuilder sentence = new StringBuilder();
        for (int i = 0; i < length; i++) {
            sentence.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
        }
        return sentence.toString().strip();
    }
}

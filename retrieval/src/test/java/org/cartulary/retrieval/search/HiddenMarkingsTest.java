package org.cartulary.retrieval.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.people.Identity;
import org.cartulary.compliance.policy.PolicyChange;
import org.cartulary.compliance.rights.Label;
import org.cartulary.compliance.rights.PathRule;
import org.cartulary.compliance.rights.Permission;
import org.cartulary.compliance.rights.ReadFilter;
import org.cartulary.retrieval.catalog.Written;
import org.cartulary.retrieval.conflict.Conflicts;
import org.cartulary.retrieval.index.Embedders;
import org.cartulary.retrieval.scope.SearchScope;
import org.cartulary.retrieval.synonym.SynonymList;
import org.cartulary.retrieval.testing.Installation;
import org.cartulary.retrieval.testing.ScriptedReranker;
import org.cartulary.retrieval.testing.TrigramEmbedder;
import org.cartulary.retrieval.understanding.Wording;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Within one collection too, whose folders bear random labels and levels, a reader who is listed and cleared at random, by
 * himself or by his group, gets what an index gives him that holds nothing else: hits with all scores and highlights, pages,
 * neighbours, contradictions, notes and counts, or the same refusal; with random wording, and with questions as long as they
 * may be, over languages that he may read and others.
 */
class HiddenMarkingsTest {
    private static final List<String> WORDS = List.of(
            "visitor", "badge", "ward", "dose", "night", "nurse", "key", "boiler", "lantern", "permit", "fee", "log");
    /** So long that their words tell their language. */
    private static final List<String> FOREIGN = List.of(
            "Nach acht Uhr darf auf die Station nur, wer einen Ausweis trägt, der an der Pforte ausgegeben wird. Die Pforte"
                    + " führt darüber ein Buch, in das sich jede Besucherin und jeder Besucher einträgt. Der Ausweis wird beim"
                    + " Verlassen des Hauses an der Pforte wieder abgegeben, und die Pforte prüft, ob alle zurück sind.",
            "Po godzinie ósmej na oddział może wejść tylko ten, kto nosi identyfikator wydawany na portierni. Portiernia"
                    + " prowadzi księgę, do której wpisuje się każdy odwiedzający. Identyfikator oddaje się na portierni przy"
                    + " wyjściu z budynku, a portier sprawdza, czy wszystkie identyfikatory zostały już zwrócone.",
            "Après huit heures, seules les personnes qui portent un badge délivré à la loge peuvent entrer dans le service."
                    + " La loge tient un registre dans lequel chaque visiteur inscrit son nom. Le badge est rendu à la loge en"
                    + " quittant la maison, et le gardien vérifie que tous les badges sont bien revenus.");

    private static final List<String> SAID = List.of(
            " By § 12 Abs. 3.",
            " J01GB03 it is.",
            " The fee for a permit is %d euros.",
            " Nurses may not lend a badge.",
            "");
    private static final List<String> ASKED = List.of(
            " by § 12 Abs. 3 and J01GB03",
            " and \"night nurse\"",
            " by d7.txt or the night plan 2021",
            " What is the fee for a permit?",
            " Wer darf nach acht Uhr auf die Station?");
    private static final List<String> LEFT_OUT = List.of("boiler", "die", "the", "night nurse", "?!");
    private static final int DOCUMENTS = 40;
    private static final int FOLDERS = 8;
    private static final int CLEARED = 1;

    private record Reader(Installation installation, ReadFilter filter) {
        SearchScope scope() {
            return installation.retrieval().inForce(filter);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = 21)
    void isToldAsIfTheRestWereNotThere(long seed) {
        Random random = new Random(seed);
        Embedders embedders = Embedders.only(new TrigramEmbedder("aa", 64, List.of("en")));
        try (Installation all = Installation.fresh(embedders);
                Installation own = Installation.fresh(embedders)) {
            UUID collection = all.collection("house");
            UUID alone = own.collection("house");
            Identity reader = identity(all, Identity.Kind.PERSON, "reader");
            made(
                    all,
                    handle -> all.authority()
                            .grants()
                            .grant(handle, Principal.CONSOLE, collection, Permission.READ, reader.id()));
            List<Boolean> open = folders(all, collection, reader, random);
            write(random, (folder, path, text) -> {
                assertThat(all.write(collection, path, text)).isInstanceOf(Written.Ready.class);
                if (open.get(folder)) {
                    assertThat(own.write(alone, path, text)).isInstanceOf(Written.Ready.class);
                }
            });
            SynonymList list = new SynonymList(List.of(List.of("fee", "lantern", "night key")));
            all.retrieval().synonyms().set(collection, list, Principal.CONSOLE);
            own.retrieval().synonyms().set(alone, list, Principal.CONSOLE);
            Reader amongOthers = new Reader(all, all.rights(reader.id()));
            Reader undisturbed = new Reader(own, own.rights(Principal.CONSOLE));
            for (int i = 0; i < 6; i++) {
                String question = i == 0 ? longest() : sentence(random, 4) + ASKED.get(i % ASKED.size());
                Wording wording = wording(random);
                rerank(random.nextBoolean(), all, own);
                assertThat(told(amongOthers, question, wording))
                        .as("%.80s, %s", question, wording)
                        .isEqualTo(told(undisturbed, question, wording));
            }
            assertThat(counts(amongOthers)).isEqualTo(counts(undisturbed));
        }
    }

    /** Marks folders and lists the reader. @return whether he may read them, by the rules as they are written down */
    private static List<Boolean> folders(Installation all, UUID collection, Identity reader, Random random) {
        Identity group = identity(all, Identity.Kind.GROUP, "group");
        made(all, handle -> all.authority().groups().add(handle, Principal.CONSOLE, group, reader));
        Map<Label, Boolean> lets = new LinkedHashMap<>();
        for (Label.Kind kind : Label.Kind.values()) {
            for (int i = 0; i < 2; i++) {
                Label label = new Label(UUID.randomUUID(), kind.wireName() + i, kind, false);
                made(all, handle -> all.authority().labels().add(handle, Principal.CONSOLE, label));
                boolean listed = i == 0;
                if (listed) {
                    Principal who = random.nextBoolean() ? group.id() : reader.id();
                    made(all, handle -> all.authority().labels().list(handle, Principal.CONSOLE, label, who));
                }
                lets.put(label, (kind == Label.Kind.ALLOW) == listed);
            }
        }
        List<Boolean> open = new ArrayList<>();
        for (int folder = 0; folder < FOLDERS; folder++) {
            List<Label> borne = new ArrayList<>();
            lets.forEach((label, pass) -> {
                if (random.nextInt(4) == 0) {
                    borne.add(label);
                }
            });
            int level = random.nextInt(CLEARED + 2);
            SortedSet<UUID> ids = new TreeSet<>(borne.stream().map(Label::id).toList());
            PathRule rule = new PathRule(UUID.randomUUID(), collection, "f" + folder + "/**", ids, level);
            assertThat(all.retrieval()
                            .writer()
                            .remark(
                                    collection,
                                    handle -> all.authority().pathRules().add(handle, Principal.CONSOLE, rule)))
                    .isInstanceOf(PolicyChange.Made.class);
            open.add(level <= CLEARED && borne.stream().allMatch(lets::get));
        }
        return open;
    }

    @FunctionalInterface
    private interface Writing {
        void document(int folder, String path, String text);
    }

    private static void write(Random random, Writing writing) {
        List<String> before = new ArrayList<>(List.of("Nothing to say."));
        for (int i = 0; i < DOCUMENTS; i++) {
            int folder = random.nextInt(FOLDERS);
            String name = i % 5 == 0 ? "night-plan-" + (2019 + i / 5) : "d" + i;
            // Copies of passages that he may not read are passages all the same; copies of whole files would not be
            // taken in.
            String text = random.nextInt(5) == 0 ? before.get(random.nextInt(before.size())) : text(random, i);
            before.add(text);
            writing.document(folder, "f" + folder + "/" + name + ".txt", text + "\n\nNumber " + i + ".");
        }
    }

    private static String text(Random random, int number) {
        List<String> paragraphs = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            paragraphs.add(
                    random.nextInt(4) == 0
                            ? FOREIGN.get(random.nextInt(FOREIGN.size()))
                            : "Rule " + number + ": " + sentence(random, 6 + random.nextInt(20)) + "."
                                    + SAID.get(random.nextInt(SAID.size())).formatted(10 * random.nextInt(3)));
        }
        return String.join("\n\n", paragraphs);
    }

    private static Wording wording(Random random) {
        return new Wording(
                random.nextInt(4) == 0 ? "de" : null,
                random.nextInt(3) == 0,
                random.nextInt(3) == 0 ? List.of(LEFT_OUT.get(random.nextInt(LEFT_OUT.size()))) : List.of(),
                random.nextInt(3) == 0 ? List.of("What is the fee by the night plan 2022?") : List.of());
    }

    /** As many different words as a question has room for, those of the corpus among them. */
    private static String longest() {
        StringBuilder question = new StringBuilder(String.join(" ", WORDS));
        for (int i = 0; question.length() < SearchRequest.MAX_QUERY_LENGTH - 6; i++) {
            question.append(' ')
                    .append((char) ('a' + i % 26))
                    .append((char) ('a' + i / 26 % 26))
                    .append(i / 676);
        }
        return question.toString();
    }

    private static void rerank(boolean wanted, Installation... installations) {
        for (Installation installation : installations) {
            installation.rerankWith(
                    wanted ? ScriptedReranker.by(text -> Math.floorMod(text.hashCode(), 97) / 97.0) : null);
        }
    }

    /** Whatever a search says, but for ids, which say how many were given out. */
    private static List<Object> told(Reader reader, String question, Wording wording) {
        Search search = reader.installation().retrieval().search();
        SearchScope scope = reader.scope();
        SearchResult found = search.search(new SearchRequest(question, scope, 30, wording));
        List<Object> told = new ArrayList<>(List.of(found.question(), found.terms(), found.understood()));
        told.add(hits(found.hits()));
        told.add(WhyHit.of(found));
        told.add(found.scope().documents().size());
        told.add(found.reranked() instanceof Reranked.Yes);
        Conflicts.among(found)
                .forEach(conflict -> told.addAll(List.of(
                        conflict.one().hit().path(),
                        conflict.one().text(),
                        conflict.other().hit().path(),
                        conflict.other().text(),
                        conflict.difference())));
        told.add(search.around(found.hits().subList(0, Math.min(3, found.hits().size())), scope).stream()
                .map(Hit::text)
                .toList());
        told.add(hits(
                search.search(new SearchRequest(question, scope, 4, wording)).hits()));
        told.add(hits(search.searchByWords(new SearchRequest(question, scope, 30, wording))));
        told.add(hits(search.searchByMeaning(new SearchRequest(question, scope, 30))));
        return told;
    }

    private static List<Object> hits(List<Hit> hits) {
        List<Object> told = new ArrayList<>();
        hits.forEach(hit -> told.add(List.of(hit.path(), hit.text(), hit.language(), hit.scores(), hit.holding())));
        return told;
    }

    private static SortedMap<String, Object> counts(Reader reader) {
        SortedMap<String, Object> counts = new TreeMap<>();
        reader.installation().retrieval().catalog().collections(reader.filter()).forEach(collection -> {
            counts.put(collection.collection().name(), List.of(collection.documents(), collection.passages()));
        });
        return counts;
    }

    private static String sentence(Random random, int length) {
        return String.join(
                " ",
                IntStream.range(0, length)
                        .mapToObj(i -> WORDS.get(random.nextInt(WORDS.size())))
                        .toList());
    }

    private static Identity identity(Installation installation, Identity.Kind kind, String name) {
        Identity identity = Identity.local(kind, name, name);
        made(installation, handle -> installation.authority().identities().add(handle, Principal.CONSOLE, identity));
        return identity;
    }

    private static void made(Installation installation, Function<Handle, PolicyChange> change) {
        assertThat(installation.jdbi().inTransaction(change::apply)).isInstanceOf(PolicyChange.Made.class);
    }
}

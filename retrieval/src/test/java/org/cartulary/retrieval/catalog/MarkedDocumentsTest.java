package org.cartulary.retrieval.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.people.Identity;
import org.cartulary.compliance.policy.PolicyChange;
import org.cartulary.compliance.rights.Label;
import org.cartulary.compliance.rights.PathRule;
import org.cartulary.compliance.rights.Permission;
import org.cartulary.compliance.rights.ReadFilter;
import org.cartulary.retrieval.scope.SearchScope;
import org.cartulary.retrieval.search.Hit;
import org.cartulary.retrieval.search.QuestionTerm;
import org.cartulary.retrieval.search.SearchRequest;
import org.cartulary.retrieval.search.SearchResult;
import org.cartulary.retrieval.testing.Installation;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What documents are marked with decides in every query, and a change counts at the next. */
class MarkedDocumentsTest {
    private static final String SAFE = "The safe's code is 1234.";
    private static final String CANTEEN = "The canteen closes at three.";

    private static Installation installation;

    @BeforeAll
    static void open() {
        installation = Installation.fresh();
    }

    @AfterAll
    static void close() {
        installation.close();
    }

    @Test
    void whoIsNotListedOnALabelFindsNoTraceOfTheDocument() {
        UUID collection = installation.collection("labelled");
        Identity ada = reader("ada", collection);
        Label label = label("directors");
        installation.write(collection, "canteen.txt", CANTEEN);
        rule(collection, "board/**", label, null);
        List<QuestionTerm> before = search(ada, "safe canteen", collection).terms();
        Written.Ready safe = (Written.Ready) installation.write(collection, "board/safe.txt", SAFE);
        assertThat(found(ada, "code of the safe", collection)).containsExactly(CANTEEN);
        assertThat(found(ada, "safe 1234", collection)).doesNotContain(SAFE);
        ReadFilter filter = filter(ada, collection);
        Catalog catalog = installation.retrieval().catalog();
        assertThat(catalog.document(safe.document(), filter)).isEmpty();
        assertThat(catalog.collections(filter).getFirst().documents()).isEqualTo(1);
        assertThat(catalog.documents(collection, filter, null, 10).documents()).hasSize(1);
        assertThat(search(ada, "safe canteen", collection).terms()).isEqualTo(before);
    }

    @Test
    void beingListedCountsAtTheNextQuestionAndChangesNoIndex() {
        UUID collection = installation.collection("listed");
        Identity ben = reader("ben", collection);
        Label label = label("pharmacy");
        rule(collection, "**", label, null);
        installation.write(collection, "safe.txt", SAFE);
        assertThat(found(ben, "code of the safe", collection)).isEmpty();
        long before = changes();
        made(handle -> installation.authority().labels().list(handle, Principal.CONSOLE, label, ben.id()));
        assertThat(found(ben, "code of the safe", collection)).containsExactly(SAFE);
        made(handle -> installation.authority().labels().unlist(handle, Principal.CONSOLE, label, ben.id()));
        assertThat(found(ben, "code of the safe", collection)).isEmpty();
        assertThat(changes()).isEqualTo(before);
    }

    @Test
    void aNewPathRuleMarksWhatIsThereInBothIndexes() {
        UUID collection = installation.collection("ruled");
        Identity cleo = reader("cleo", collection);
        installation.write(collection, "a/safe.txt", SAFE);
        assertThat(found(cleo, "code of the safe", collection)).containsExactly(SAFE);
        PathRule rule = rule(collection, "a/*", null, 3);
        assertThat(byWords(cleo, collection)).isEmpty();
        assertThat(byMeaning(cleo, collection)).isEmpty();
        assertThat(installation
                        .retrieval()
                        .writer()
                        .remark(
                                collection,
                                handle -> installation.authority().pathRules().remove(handle, Principal.CONSOLE, rule)))
                .isInstanceOf(PolicyChange.Made.class);
        assertThat(byWords(cleo, collection)).containsExactly(SAFE);
        assertThat(byMeaning(cleo, collection)).containsExactly(SAFE);
    }

    @Test
    void aDocumentKeepsItsOwnMarksWhenItIsReplacedAndLosesThemWhenTold() {
        UUID collection = installation.collection("own");
        Identity dan = reader("dan", collection);
        Label label = label("works-council");
        Written.Ready first = (Written.Ready) installation.write(collection, "safe.txt", SAFE);
        mark(first.document(), new OwnMarks(new TreeSet<>(List.of(label.id())), null));
        assertThat(found(dan, "code of the safe", collection)).isEmpty();
        Written.Ready second = (Written.Ready) installation.write(collection, "safe.txt", "The safe's code is 9876.");
        assertThat(found(dan, "code of the safe", collection)).isEmpty();
        mark(second.document(), OwnMarks.NONE);
        assertThat(found(dan, "code of the safe", collection)).containsExactly("The safe's code is 9876.");
    }

    @Test
    void whatIsNotMarkedYetIsFoundByNobodyUntilTheNextStart() {
        UUID collection = installation.collection("unmarked");
        installation.write(collection, "canteen.txt", "The canteen opens at eleven.");
        installation.jdbi().useHandle(handle -> {
            handle.execute("UPDATE retrieval.documents SET marking = NULL WHERE collection = ?", collection);
            handle.execute("UPDATE " + installation.retrieval().generation().vectorTable() + " SET marking = -1"
                    + " WHERE passage IN (SELECT id FROM retrieval.passages WHERE collection = '" + collection + "')");
        });
        Identity eve = reader("eve", collection);
        assertThat(found(eve, "canteen opens", collection)).isEmpty();
        installation.stop();
        installation.start();
        assertThat(found(eve, "canteen opens", collection)).containsExactly("The canteen opens at eleven.");
    }

    private static void mark(UUID document, OwnMarks own) {
        assertThat(installation.retrieval().writer().mark(document, own, Principal.CONSOLE))
                .isTrue();
    }

    private static Identity reader(String name, UUID collection) {
        Identity identity = Identity.local(Identity.Kind.PERSON, name, name);
        made(handle -> installation.authority().identities().add(handle, Principal.CONSOLE, identity));
        made(handle -> installation
                .authority()
                .grants()
                .grant(handle, Principal.CONSOLE, collection, Permission.READ, identity.id()));
        return identity;
    }

    private static Label label(String name) {
        Label label = new Label(UUID.randomUUID(), name, Label.Kind.ALLOW, false);
        made(handle -> installation.authority().labels().add(handle, Principal.CONSOLE, label));
        return label;
    }

    private static PathRule rule(UUID collection, String pattern, @Nullable Label label, @Nullable Integer level) {
        PathRule rule = new PathRule(
                UUID.randomUUID(),
                collection,
                pattern,
                new TreeSet<>(label == null ? Set.of() : Set.of(label.id())),
                level);
        assertThat(installation
                        .retrieval()
                        .writer()
                        .remark(
                                collection,
                                handle -> installation.authority().pathRules().add(handle, Principal.CONSOLE, rule)))
                .isInstanceOf(PolicyChange.Made.class);
        return rule;
    }

    private static void made(Function<Handle, PolicyChange> change) {
        assertThat(installation.jdbi().inTransaction(change::apply)).isInstanceOf(PolicyChange.Made.class);
    }

    private static long changes() {
        return installation
                .jdbi()
                .withHandle(handle -> handle.createQuery("SELECT max(number) FROM retrieval.changes")
                        .mapTo(Long.class)
                        .one());
    }

    private static ReadFilter filter(Identity reader, UUID collection) {
        return installation.rights(reader.id()).narrowedTo(collection);
    }

    private static SearchScope scope(Identity reader, UUID collection) {
        return installation.retrieval().inForce(filter(reader, collection));
    }

    private static SearchResult search(Identity reader, String question, UUID collection) {
        return installation.retrieval().search().search(new SearchRequest(question, scope(reader, collection), 10));
    }

    private static List<String> found(Identity reader, String question, UUID collection) {
        return search(reader, question, collection).hits().stream()
                .map(Hit::text)
                .toList();
    }

    private static List<String> byWords(Identity reader, UUID collection) {
        SearchRequest request = new SearchRequest("code of the safe", scope(reader, collection), 10);
        return installation.retrieval().search().searchByWords(request).stream()
                .map(Hit::text)
                .toList();
    }

    private static List<String> byMeaning(Identity reader, UUID collection) {
        SearchRequest request = new SearchRequest("code of the safe", scope(reader, collection), 10);
        return installation.retrieval().search().searchByMeaning(request).stream()
                .map(Hit::text)
                .toList();
    }
}

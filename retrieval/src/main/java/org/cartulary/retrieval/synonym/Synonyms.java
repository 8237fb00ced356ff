package org.cartulary.retrieval.synonym;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.cartulary.retrieval.lexical.Analysis;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The lists of synonyms, one for a collection. Looked up when a question is asked, so that a change counts at the next one;
 * what was analysed stays, as long as the list has not changed. Thread-safe.
 */
public final class Synonyms {
    /** Most other words that one question is searched with. */
    private static final int MOST_OTHERS = 50;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Jdbi jdbi;
    private final AnalysedLists analysed = new AnalysedLists();

    public Synonyms(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Other words for some of a question.
     *
     * @param insteadOf the words of the question, as the list has them
     */
    public record Other(UUID collection, String insteadOf, String words) {}

    /** The list of a collection. */
    public SynonymList list(UUID collection) {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT lines FROM retrieval.synonyms WHERE collection = :collection")
                        .bind("collection", collection)
                        .map((row, context) -> lines(row))
                        .findOne()
                        .map(SynonymList::new)
                        .orElse(SynonymList.EMPTY));
    }

    /** Keeps a list in place of the one before, in the caller's transaction. */
    static void keep(Handle handle, UUID collection, SynonymList list) {
        handle.createUpdate("""
                        INSERT INTO retrieval.synonyms (collection, lines) VALUES (:collection, CAST(:lines AS jsonb))
                        ON CONFLICT (collection) DO UPDATE SET lines = excluded.lines, version = gen_random_uuid()
                        """)
                .bind("collection", collection)
                .bind("lines", json(list))
                .execute();
    }

    /**
     * What some collections have for the words of a question. Words are the same where their English terms are.
     *
     * @param collections those that the asker may read
     */
    public List<Other> of(String question, Collection<UUID> collections) {
        Asked asked = new Asked(Analysis.terms(question));
        List<Other> others = new ArrayList<>();
        jdbi.useHandle(handle -> handle.createQuery(
                        "SELECT collection, version FROM retrieval.synonyms WHERE collection = ANY(:collections)"
                                + " ORDER BY collection")
                .bindArray("collections", UUID.class, collections)
                .map((row, context) ->
                        new Kept(row.getObject("collection", UUID.class), row.getObject("version", UUID.class)))
                .list()
                .forEach(kept ->
                        analysed(handle, kept).forEach(line -> addOthers(others, kept.collection(), line, asked))));
        return others.stream().limit(MOST_OTHERS).toList();
    }

    /** A list as it stands in the table; each change makes another version. */
    private record Kept(UUID collection, UUID version) {}

    private record Asked(List<String> terms, Set<String> distinct) {
        Asked(List<String> terms) {
            this(terms, new HashSet<>(terms));
        }

        boolean holds(AnalysedLists.Term term) {
            return !term.terms().isEmpty()
                    && distinct.contains(term.terms().getFirst())
                    && Collections.indexOfSubList(terms, term.terms()) >= 0;
        }
    }

    /** A list that was replaced meanwhile is read and kept as it is now. */
    private List<List<AnalysedLists.Term>> analysed(Handle handle, Kept kept) {
        return Objects.requireNonNullElseGet(
                analysed.known(kept.collection(), kept.version()),
                () -> handle.createQuery("SELECT version, lines FROM retrieval.synonyms WHERE collection = :collection")
                        .bind("collection", kept.collection())
                        .map((row, context) ->
                                analysed.keep(kept.collection(), row.getObject("version", UUID.class), lines(row)))
                        .findOne()
                        .orElse(List.of()));
    }

    private static void addOthers(List<Other> others, UUID collection, List<AnalysedLists.Term> line, Asked asked) {
        List<AnalysedLists.Term> present = line.stream().filter(asked::holds).toList();
        if (present.isEmpty()) {
            return;
        }
        line.stream()
                .filter(term -> !present.contains(term))
                .forEach(term ->
                        others.add(new Other(collection, present.getFirst().words(), term.words())));
    }

    private static List<List<String>> lines(ResultSet row) throws SQLException {
        try {
            return JSON.readValue(row.getString("lines"), new TypeReference<List<List<String>>>() {});
        } catch (JsonProcessingException e) {
            throw new SQLException("A list of synonyms is no JSON array of arrays of texts", e);
        }
    }

    private static String json(SynonymList list) {
        try {
            return JSON.writeValueAsString(list.lines());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Texts can always be written as JSON", e);
        }
    }
}

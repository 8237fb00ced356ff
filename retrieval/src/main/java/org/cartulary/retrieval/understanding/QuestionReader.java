package org.cartulary.retrieval.understanding;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.UUID;
import org.cartulary.inference.ModelCard;
import org.cartulary.retrieval.identifier.Identifier;
import org.cartulary.retrieval.identifier.Identifiers;
import org.cartulary.retrieval.language.LanguageDetection;
import org.cartulary.retrieval.language.Languages;
import org.cartulary.retrieval.lexical.LexicalIndex;
import org.cartulary.retrieval.lexical.WordQuery;
import org.cartulary.retrieval.scope.SearchScope;
import org.cartulary.retrieval.synonym.Synonyms;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Reads questions. Thread-safe. */
public final class QuestionReader {
    private final NamedDocuments names;
    private final LexicalIndex lexical;
    private final Synonyms synonyms;

    public QuestionReader(Jdbi jdbi, LexicalIndex lexical, Synonyms synonyms) {
        this.names = new NamedDocuments(jdbi, lexical);
        this.lexical = lexical;
        this.synonyms = synonyms;
    }

    /**
     * Reads a question under its asker's rights.
     *
     * @param embedder that would search by meaning
     */
    public Reading read(String question, Wording wording, SearchScope wished, ModelCard embedder) {
        return read(question, wording, wished, new Now(embedder, synonyms), List.of());
    }

    /**
     * Reads a question with what was read into it before, so that neither an embedder nor the lists of today are asked.
     *
     * @param wordsAlone whether the embedder of then did not know its language
     * @param then other words that it was searched with
     */
    public Reading readAgain(
            String question, Wording wording, SearchScope wished, boolean wordsAlone, List<Synonyms.Other> then) {
        return read(question, wording, wished, new Then(wordsAlone, then), List.of());
    }

    /**
     * Reads a question that leans on an earlier one, as it can stand alone. It is searched beside the question as it was asked.
     *
     * @return empty where the question stands alone as it is
     */
    public Optional<Reading> readFollowUp(String question, Wording wording, SearchScope wished, ModelCard embedder) {
        return FollowUp.of(question, wording.earlier())
                .map(whole -> read(
                        whole,
                        wording,
                        wished,
                        new Now(embedder, synonyms),
                        List.of(new Understood(
                                Understood.Kind.FOLLOW_UP, whole, "searched too, as the question follows another"))));
    }

    /** What decides about a reading beside the question and the documents. */
    private sealed interface Beside {
        boolean wordsAlone(@Nullable String language);

        List<Synonyms.Other> synonyms(String question, Collection<UUID> collections);
    }

    private record Now(ModelCard embedder, Synonyms lists) implements Beside {
        @Override
        public boolean wordsAlone(@Nullable String language) {
            return language != null && !embedder.knows(language);
        }

        @Override
        public List<Synonyms.Other> synonyms(String question, Collection<UUID> collections) {
            return lists.of(question, collections);
        }
    }

    private record Then(boolean alone, List<Synonyms.Other> others) implements Beside {
        @Override
        public boolean wordsAlone(@Nullable String language) {
            return alone;
        }

        @Override
        public List<Synonyms.Other> synonyms(String question, Collection<UUID> collections) {
            return others;
        }
    }

    private Reading read(String question, Wording wording, SearchScope wished, Beside beside, List<Understood> first) {
        List<Understood> notes = new ArrayList<>(first);
        @Nullable String language = language(question, wording);
        boolean wordsAlone = beside.wordsAlone(language);
        if (language != null && wordsAlone) {
            notes.add(new Understood(
                    Understood.Kind.LANGUAGE,
                    language,
                    "searched by words alone, since the embedder does not know " + Languages.name(language)));
        }
        List<Identifier> identifiers =
                Identifiers.in(question).stream().limit(Identifiers.MOST).toList();
        identifiers.forEach(one -> notes.add(new Understood(
                Understood.Kind.IDENTIFIER,
                one.text(),
                "passages that hold this " + one.kind().word() + " come first")));
        NamedDocuments.Named named = names.in(question, wished);
        notes.addAll(named.notes());
        List<String> phrases = Quoted.in(question);
        Indexed indexed = new Indexed(lexical.languages(wished.markings()));
        phrases.forEach(phrase -> notes.add(new Understood(
                Understood.Kind.PHRASE,
                phrase,
                indexed.effect(phrase, wording.exact() ? "passages without it are left out" : "preferred"))));
        wording.without()
                .forEach(word -> notes.add(new Understood(
                        Understood.Kind.WITHOUT, word, indexed.effect(word, "passages that hold it are left out"))));
        SortedMap<UUID, SortedSet<Long>> readable = named.scope().readable().readable();
        List<Synonyms.Other> others = beside.synonyms(question, readable.keySet());
        WordQuery words = new WordQuery(
                question, language, phrases, expansions(others, readable, notes), wording.exact(), wording.without());
        return new Reading(
                question, words, named.scope(), language, wordsAlone, others, identifiers, named.preferred(), notes);
    }

    private static @Nullable String language(String question, Wording wording) {
        if (wording.language() != null) {
            return wording.language();
        }
        Optional<String> told = LanguageDetection.of(question);
        return told.orElse(null);
    }

    private static List<WordQuery.Expansion> expansions(
            List<Synonyms.Other> others, SortedMap<UUID, SortedSet<Long>> readable, List<Understood> notes) {
        List<WordQuery.Expansion> expansions = new ArrayList<>();
        for (Synonyms.Other other : others) {
            SortedSet<Long> markings = readable.get(other.collection());
            if (markings != null) {
                expansions.add(new WordQuery.Expansion(other.words(), markings));
                notes.add(new Understood(
                        Understood.Kind.SYNONYM, other.words(), "searched too, for \"" + other.insteadOf() + "\""));
            }
        }
        return expansions;
    }
}

package org.cartulary.retrieval.understanding;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.cartulary.retrieval.identifier.Identifier;
import org.cartulary.retrieval.lexical.WordQuery;
import org.cartulary.retrieval.scope.SearchScope;
import org.cartulary.retrieval.synonym.Synonyms;
import org.jspecify.annotations.Nullable;

/**
 * A question as it was understood.
 *
 * @param question as it can stand alone: with words of an earlier one where it needs them
 * @param words what to look for by words
 * @param scope where to look: as wished, or the documents that the question must mean
 * @param language ISO 639-1; null where it could not be told
 * @param wordsAlone whether the embedder does not know the language
 * @param synonyms other words that it is searched with, which {@code words} has too
 * @param identifiers that it holds
 * @param named documents that it seems to mean
 * @param notes what is told of all this
 */
public record Reading(
        String question,
        WordQuery words,
        SearchScope scope,
        @Nullable String language,
        boolean wordsAlone,
        List<Synonyms.Other> synonyms,
        List<Identifier> identifiers,
        SortedSet<UUID> named,
        List<Understood> notes) {
    public Reading {
        synonyms = List.copyOf(synonyms);
        identifiers = List.copyOf(identifiers);
        named = new TreeSet<>(named);
        notes = List.copyOf(notes);
    }
}

package org.cartulary.appliance.api;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import org.cartulary.retrieval.understanding.Understood;

/**
 * Something that a question was understood to say beside its words.
 *
 * @param kind {@code identifier}, {@code document}, {@code year}, {@code phrase}, {@code without}, {@code synonym},
 *     {@code language} or {@code follow-up}
 * @param text of the question, or what was read into it
 * @param effect what it did to the search, in words for a person
 */
@Serdeable
public record UnderstoodView(String kind, String text, String effect) {
    static List<UnderstoodView> of(List<Understood> notes) {
        return notes.stream()
                .map(note -> new UnderstoodView(note.kind().word(), note.text(), note.effect()))
                .toList();
    }
}

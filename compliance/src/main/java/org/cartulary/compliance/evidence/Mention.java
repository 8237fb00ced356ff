package org.cartulary.compliance.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;

/**
 * What an entry speaks of, and is found by.
 *
 * @param value as it stands in the entry
 */
record Mention(Kind kind, String value) {
    private static final ObjectMapper JSON = new ObjectMapper();

    enum Kind {
        /** Id of a document that was found, shown, or came and went. */
        DOCUMENT,
        /** Id of the collection that was asked, or that a document is in. */
        COLLECTION,
        /** Of a case, as the asker stated it. */
        REFERENCE,
        /** SHA-256 of the file of the model that answered. */
        MODEL,
        /** Number of a question that a review is about. */
        REVIEWED
    }

    /** The text whose keyed hash stands in the table. */
    String text() {
        return "mention/" + kind.name().toLowerCase(Locale.ROOT) + "/" + value;
    }

    static Set<Mention> of(EntryDraft draft) {
        Set<Mention> found = new LinkedHashSet<>();
        JsonNode clear = JSON.valueToTree(draft.clear());
        add(found, Kind.DOCUMENT, clear.path("document"));
        add(found, Kind.COLLECTION, clear.path("collection"));
        add(found, Kind.MODEL, clear.path("model"));
        JsonNode sealed = JSON.valueToTree(new TreeMap<>(draft.sealed()));
        switch (draft.type()) {
            case ASKED -> {
                add(found, Kind.COLLECTION, sealed.path("collection"));
                add(found, Kind.REFERENCE, sealed.path("reference"));
            }
            case RETRIEVED -> {
                sealed.path("hits").forEach(hit -> add(found, Kind.DOCUMENT, hit.path("document")));
                sealed.path("sources").forEach(source -> add(found, Kind.DOCUMENT, source.path("document")));
            }
            case EVIDENCE_REVIEWED -> add(found, Kind.REVIEWED, sealed.path("number"));
            default -> {
                // The others speak of nothing that they are looked for by, but of what stands in clear.
            }
        }
        return found;
    }

    private static void add(Set<Mention> found, Kind kind, JsonNode value) {
        if (value.isValueNode() && !value.isNull()) {
            found.add(new Mention(kind, value.asText()));
        }
    }
}

package org.cartulary.appliance.asking;

import java.util.Map;
import java.util.TreeMap;
import org.cartulary.compliance.purpose.Stated;
import org.cartulary.retrieval.catalog.Collection;
import org.cartulary.retrieval.understanding.Wording;

/**
 * What is asked, and of what.
 *
 * @param text 1 to 4,000 characters
 * @param wishes which documents of the collection are looked at
 * @param stated why it is asked, as far as the collection wants to know
 * @param wording how it is meant to be taken
 */
public record Question(String text, Collection collection, Wishes wishes, Stated stated, Wording wording) {
    /** As the entry {@code asked} keeps it. */
    Map<String, Object> recorded(Map<String, Object> parameters) {
        Map<String, Object> recorded = new TreeMap<>(stated.recorded());
        recorded.put("question", text);
        recorded.put("collection", collection.id().toString());
        recorded.put("parameters", parameters);
        Map<String, Object> wanted = wishes.recorded();
        if (!wanted.isEmpty()) {
            recorded.put("wishes", wanted);
        }
        Map<String, Object> taken = wording.recorded();
        if (!taken.isEmpty()) {
            recorded.put("wording", taken);
        }
        return recorded;
    }
}

package org.cartulary.compliance.evidence;

import java.util.List;

/**
 * What is not disposed of: every number with an entry that speaks of one of these.
 *
 * @param documents ids
 * @param collections ids
 * @param references as they were stated
 */
public record Exempt(List<String> documents, List<String> collections, List<String> references, List<Long> numbers) {
    public Exempt {
        documents = List.copyOf(documents);
        collections = List.copyOf(collections);
        references = List.copyOf(references);
        numbers = List.copyOf(numbers);
    }
}

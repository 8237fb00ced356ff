package org.cartulary.ingest.parse;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One file, or one file within a file, as the parser process gave it: not to be trusted, only well-formed if the process
 * behaved.
 *
 * @param name the file's own name, "" where unknown
 * @param depth 0 for the file itself, 1 for what is embedded in it, and so on
 * @param mediaType by content, without parameters, for example {@code application/pdf}
 * @param metadata Tika's, at most a few hundred keys
 * @param xhtml what Tika made of the text
 */
public record ParsedPart(String name, int depth, String mediaType, Map<String, List<String>> metadata, String xhtml) {
    public ParsedPart {
        metadata = Map.copyOf(metadata);
    }

    /** First value under a key of Tika's that is not blank. */
    public Optional<String> first(String key) {
        return metadata.getOrDefault(key, List.of()).stream()
                .filter(value -> !value.isBlank())
                .findFirst();
    }
}

package org.cartulary.ingest.source;

import java.nio.file.Path;

/**
 * A file to ingest.
 *
 * @param path the document's path: relative to the folder it was found under, with {@code /} between names
 * @param file where it lies
 */
public record FoundFile(String path, Path file) {}

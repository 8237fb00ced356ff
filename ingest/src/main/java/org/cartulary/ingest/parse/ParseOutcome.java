package org.cartulary.ingest.parse;

import java.util.List;

/** What came out of a file. */
public sealed interface ParseOutcome {
    /**
     * The file was read.
     *
     * @param parts the file itself first, then what is embedded in it (attachments, entries of an archive), in order
     * @param remarks sentences on what could not be read within it; empty where all was read
     */
    record Parsed(List<ParsedPart> parts, List<String> remarks) implements ParseOutcome {
        public Parsed {
            parts = List.copyOf(parts);
            remarks = List.copyOf(remarks);
        }
    }

    /**
     * The file was not read.
     *
     * @param reason a sentence that a person understands
     */
    record NotParsed(ParseFailure failure, String reason) implements ParseOutcome {}
}

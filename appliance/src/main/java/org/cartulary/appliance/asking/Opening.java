package org.cartulary.appliance.asking;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.purpose.Stated;
import org.cartulary.compliance.rights.ReadFilter;
import org.cartulary.retrieval.catalog.Catalog;
import org.cartulary.retrieval.catalog.Document;
import org.cartulary.retrieval.catalog.PassageInContext;
import org.cartulary.retrieval.originals.Originals;

/** Shows documents to those who may read them, on record. Thread-safe. */
public final class Opening {
    /** Text shown before and after a passage, in characters: about a page. */
    private static final int AROUND = 1_500;

    private final QuestionLog log;
    private final Catalog catalog;
    private final Originals originals;

    public Opening(QuestionLog log, Catalog catalog, Originals originals) {
        this.log = log;
        this.catalog = catalog;
        this.originals = originals;
    }

    /**
     * The original bytes of a document that the caller has shown to be readable.
     *
     * @return a stream that the caller closes
     */
    public InputStream original(Document document, ReadFilter filter, Principal by, Stated stated) {
        Map<String, Object> what = new TreeMap<>(stated.recorded());
        what.put("document", document.id().toString());
        what.put("part", "original");
        return log.record(by, QuestionLog.Act.OPEN, what, question -> {
            question.retrieved(
                    filter, null, null, 0, Map.of("document", document.id().toString()));
            try {
                InputStream bytes = originals.open(document.id());
                return ended(question, document, bytes);
            } catch (IOException e) {
                throw new UncheckedIOException("The original of " + document.path() + " cannot be read", e);
            }
        });
    }

    private static InputStream ended(OpenQuestion question, Document document, InputStream bytes) throws IOException {
        try {
            question.end(EntryType.ANSWERED, "opened", Map.of("sha256", document.sha256()));
            return bytes;
        } catch (RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    /** A passage in its surroundings; empty where there is none that the filter lets through. */
    public Optional<PassageInContext> passage(
            UUID document, long passage, ReadFilter filter, Principal by, Stated stated) {
        Map<String, Object> what = new TreeMap<>(stated.recorded());
        what.put("document", document.toString());
        what.put("part", "passage");
        what.put("passage", Long.toString(passage));
        return log.record(by, QuestionLog.Act.OPEN, what, question -> {
            Optional<PassageInContext> found = catalog.passage(document, passage, filter, AROUND);
            question.retrieved(filter, null, null, found.isPresent() ? 1 : 0, Map.of());
            question.end(
                    found.isPresent() ? EntryType.ANSWERED : EntryType.REFUSED,
                    found.isPresent() ? "opened" : "not-found",
                    Map.of());
            return found;
        });
    }
}

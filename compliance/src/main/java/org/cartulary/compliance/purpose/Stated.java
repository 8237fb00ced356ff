package org.cartulary.compliance.purpose;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a caller states with a question.
 *
 * @param purpose one of the house's, or null where none is stated
 * @param reference to a case or a patient, or null where none is stated; never in clear in the log
 */
public record Stated(@Nullable String purpose, @Nullable String reference) {
    public static final Stated NOTHING = new Stated(null, null);

    public Stated {
        purpose = purpose == null || purpose.isBlank() ? null : purpose.strip();
        reference = reference == null || reference.isBlank() ? null : reference.strip();
    }

    /** What is sealed in the log with the question. */
    public Map<String, Object> recorded() {
        Map<String, Object> record = new TreeMap<>();
        if (purpose != null) {
            record.put("purpose", purpose);
        }
        if (reference != null) {
            record.put("reference", reference);
        }
        return record;
    }
}

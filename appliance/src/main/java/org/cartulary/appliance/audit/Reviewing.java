package org.cartulary.appliance.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.http.HttpStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.cartulary.appliance.access.Refused;
import org.cartulary.compliance.acts.UnmaskPerson;
import org.cartulary.compliance.evidence.EntryDraft;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.evidence.Found;
import org.cartulary.compliance.evidence.OpenedEntry;
import org.cartulary.compliance.evidence.Receipt;
import org.cartulary.compliance.evidence.Wanted;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.people.Identities;
import org.cartulary.compliance.people.Identity;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Lets compliance officers look for questions, read what is sealed of them, compare and judge them. Whatever they look at is
 * an entry itself, and on record before they see it. Thread-safe.
 */
public final class Reviewing {
    /** What a review may find. */
    public static final Set<String> VERDICTS = Set.of("correct", "incomplete", "incorrect", "unsupported", "harmful");

    /** Longest remark, in characters. */
    public static final int MAX_REMARK = 1_000;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Jdbi jdbi;
    private final EvidenceLog log;

    public Reviewing(Jdbi jdbi, EvidenceLog log) {
        this.jdbi = jdbi;
        this.log = log;
    }

    /**
     * Questions and other acts, latest first.
     *
     * @param before a number, above which nothing is looked for
     */
    public List<Found> search(Principal by, Wanted wanted, long before, int limit) {
        return seen(by, "search", Map.of("wanted", words(wanted)), handle -> log.find(handle, wanted, before, limit));
    }

    /** Only what was set. */
    private static Map<String, Object> words(Wanted wanted) {
        Map<String, Object> words = new TreeMap<>();
        put(words, "from", wanted.from());
        put(words, "to", wanted.to());
        put(words, "actor", wanted.actor());
        put(words, "outcome", wanted.outcome() == null ? null : wanted.outcome().wireName());
        put(words, "document", wanted.document());
        put(words, "reference", wanted.reference());
        put(words, "model", wanted.model());
        words.put("questions", wanted.questions());
        return words;
    }

    private static void put(Map<String, Object> words, String name, @Nullable Object value) {
        if (value != null) {
            words.put(name, value.toString());
        }
    }

    /**
     * A question or another act, with what was found of it.
     *
     * @param entries oldest first
     * @param reviews oldest first
     */
    public record QuestionRecord(long number, List<OpenedEntry> entries, List<OpenedEntry> reviews) {
        /** The first entry of a type. */
        public Optional<OpenedEntry> entry(EntryType type) {
            return entries.stream().filter(entry -> entry.type() == type).findFirst();
        }

        /** The entry that ended the question; empty as long as it is open, and for other acts. */
        public Optional<OpenedEntry> end() {
            return entries.stream().filter(entry -> entry.type().endsQuestion()).findFirst();
        }

        /** A sealed field of an entry; missing where there is none, or it was destroyed. */
        public static JsonNode sealed(Optional<OpenedEntry> entry, String field) {
            return entry.flatMap(OpenedEntry::sealed)
                    .map(fields -> fields.path(field))
                    .orElseGet(com.fasterxml.jackson.databind.node.MissingNode::getInstance);
        }
    }

    /** Everything of one number. */
    public QuestionRecord open(Principal by, long number) {
        return seen(by, "question", Map.of("numbers", List.of(number)), handle -> record(handle, number));
    }

    /** Two questions, one after the other. */
    public Comparison compare(Principal by, long one, long other) {
        return seen(
                by,
                "compare",
                Map.of("numbers", List.of(one, other)),
                handle -> Comparison.of(record(handle, one), record(handle, other)));
    }

    private QuestionRecord record(Handle handle, long number) {
        List<OpenedEntry> entries = log.opened(handle, number);
        if (entries.isEmpty()) {
            throw Refused.notFound("Question or act " + number);
        }
        return new QuestionRecord(number, entries, log.reviewsOf(handle, number));
    }

    /** The receipt of whoever's question it is. */
    public Receipt receipt(Principal by, long number) {
        seen(by, "receipt", Map.of("numbers", List.of(number)), handle -> number);
        return log.receiptOf(number).orElseThrow(() -> Refused.notFound("A receipt of question " + number));
    }

    /** Notes that a question was looked at by another way: made again, or as part of an emergency. */
    public void note(Principal by, String what, long number) {
        seen(by, what, Map.of("numbers", List.of(number)), handle -> number);
    }

    /**
     * Signs what somebody found of a question; it can be reviewed again, and every review stays.
     *
     * @return the review's own number
     * @throws Refused where there is no such question, or it is not a verdict or too long a remark
     */
    public long review(Principal by, long number, String verdict, String remark) {
        if (!VERDICTS.contains(verdict)) {
            throw new Refused(
                    HttpStatus.BAD_REQUEST,
                    "\"" + verdict + "\" is no verdict; there are: "
                            + String.join(", ", VERDICTS.stream().sorted().toList()) + ".",
                    "verdict",
                    null);
        }
        if (remark.length() > MAX_REMARK) {
            throw new Refused(
                    HttpStatus.BAD_REQUEST,
                    "A remark has at most " + MAX_REMARK + " characters, but this one has " + remark.length() + ".",
                    "remark",
                    null);
        }
        return jdbi.inTransaction(handle -> {
            if (new QuestionRecord(number, log.opened(handle, number), List.of())
                    .end()
                    .isEmpty()) {
                throw Refused.notFound("Question " + number + ", or its end,");
            }
            long own = log.nextNumber(handle);
            Map<String, Object> sealed = Map.of("number", number, "verdict", verdict, "remark", remark);
            log.append(
                    handle,
                    new EntryDraft(EntryType.EVIDENCE_REVIEWED, own, by, new TreeMap<>(), new TreeMap<>(sealed)));
            return own;
        });
    }

    /** Names of those who were unmasked, by pseudonym. */
    public Map<String, String> unmasked() {
        return jdbi.inTransaction(handle -> {
            Map<String, String> names = new TreeMap<>();
            UnmaskPerson.unmasked(handle)
                    .forEach((pseudonym, principal) -> names.put(
                            pseudonym,
                            Identities.find(handle, principal)
                                    .map(Identity::name)
                                    .orElse(principal.id())));
            return names;
        });
    }

    /** First the entry, durable and published, then what it is about. */
    private <T> T seen(Principal by, String what, Map<String, Object> of, Function<Handle, T> look) {
        Map<String, Object> sealed = new TreeMap<>(of);
        sealed.put("what", what);
        long entry = jdbi.inTransaction(handle -> log.append(
                handle,
                new EntryDraft(
                        EntryType.EVIDENCE_VIEWED,
                        log.nextNumber(handle),
                        by,
                        new TreeMap<>(),
                        new TreeMap<>(sealed))));
        log.receipt(entry, PATIENCE);
        return jdbi.inTransaction(look::apply);
    }
}

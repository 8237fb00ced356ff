package org.cartulary.appliance.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.http.HttpStatus;
import java.time.Duration;
import java.util.Map;
import org.cartulary.appliance.access.Refused;
import org.cartulary.appliance.asking.Presence;
import org.cartulary.appliance.asking.RecordedGeneration;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.evidence.Receipt;
import org.cartulary.inference.Generator;
import org.cartulary.inference.ReplayRequest;
import org.cartulary.inference.Replayed;

/** Makes a recorded answer again by the model that made it, and says how far it came out the same. Thread-safe. */
public final class Replaying {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final EvidenceLog log;
    private final Generator generator;

    public Replaying(EvidenceLog log, Generator generator) {
        this.log = log;
        this.generator = generator;
    }

    /**
     * Replays the answer to a question. No text leaves, only the grade.
     *
     * @param presence ends the replay when nobody waits for it any more
     * @throws Refused where there is no such question, no model made its answer, or another model serves now
     */
    public Grading replay(long question, Presence presence) {
        Receipt receipt = log.receiptOf(question).orElseThrow(() -> Refused.notFound("An ended question " + question));
        Map<?, ?> generation = generation(receipt);
        String recorded = RecordedGeneration.model(generation);
        String serving = generator.model().sha256();
        if (!recorded.equals(serving)) {
            throw new Refused(
                    HttpStatus.CONFLICT,
                    "Question " + question + " was answered by the model " + recorded + ", but " + serving
                            + " serves now: choose it with models use, then replay.");
        }
        ReplayRequest request = RecordedGeneration.replay(generation, LIMIT)
                .orElseThrow(() -> new Refused(
                        HttpStatus.CONFLICT,
                        "The model had written nothing when question " + question
                                + " ended: there is nothing to replay."));
        return new Grading(generator.replay(request, presence::onLeave), RecordedGeneration.kernel(generation));
    }

    /**
     * How a replay went.
     *
     * @param recordedKernel what computed the recorded answer; another one gives other last bits, and so other tokens
     */
    public record Grading(Replayed replayed, String recordedKernel) {}

    private static Map<?, ?> generation(Receipt receipt) {
        try {
            Map<?, ?> record = JSON.readValue(receipt.recordJson(), Map.class);
            if (record.get("payload") instanceof Map<?, ?> payload
                    && payload.get(RecordedGeneration.FIELD) instanceof Map<?, ?> generation
                    && !generation.isEmpty()) {
                return generation;
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The record of question " + receipt.number() + " is not JSON", e);
        }
        throw new Refused(
                HttpStatus.CONFLICT,
                "Question " + receipt.number()
                        + " has no generated text on record: it was answered with quotes or not at all, its record was"
                        + " destroyed, or it is older than replays. There is nothing to replay.");
    }
}

package org.cartulary.appliance.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Base64;
import java.util.List;
import org.cartulary.appliance.access.CalledBy;
import org.cartulary.appliance.access.Refused;
import org.cartulary.appliance.accounts.Scope;
import org.cartulary.appliance.health.TimestampView;
import org.cartulary.compliance.people.Role;
import org.cartulary.compliance.timestamp.Stamp;
import org.cartulary.compliance.timestamp.StampRefused;
import org.cartulary.compliance.timestamp.Timestamps;

/** Time-stamps of the log: how far it has them, and what is carried to and from an authority without a network. */
@Controller("/api/audit/timestamps")
@ExecuteOn(TaskExecutors.BLOCKING)
final class TimestampController {
    private static final int MAX_BASE64_CHARS = (Timestamps.MAX_ANSWER_BYTES + 2) / 3 * 4;

    private final Timestamps timestamps;

    TimestampController(Timestamps timestamps) {
        this.timestamps = timestamps;
    }

    /**
     * How far the log is time-stamped, and the stamps, newest first.
     *
     * @param limit stamps at most, 1 to 1000
     */
    @CalledBy(value = Role.COMPLIANCE_OFFICER, scopes = Scope.AUDIT)
    @Get
    Listed list(@QueryValue(defaultValue = "100") int limit) {
        try {
            return new Listed(
                    TimestampView.of(timestamps.status()),
                    timestamps.newest(limit).stream().map(StampView::of).toList());
        } catch (IllegalArgumentException e) {
            throw new Refused(HttpStatus.UNPROCESSABLE_ENTITY, e.getMessage() + ".");
        }
    }

    /** Asks the authority that has an address now. */
    @CalledBy(value = Role.COMPLIANCE_OFFICER, scopes = Scope.AUDIT)
    @Post("/ask")
    TimestampView ask() {
        timestamps.ask();
        return TimestampView.of(timestamps.status());
    }

    /** What is carried to an authority: a question about the published checkpoint. */
    @CalledBy(value = Role.COMPLIANCE_OFFICER, scopes = Scope.AUDIT)
    @Post("/query")
    Carried query() {
        try {
            Timestamps.Query query = timestamps.query();
            return new Carried(query.size(), Base64.getEncoder().encodeToString(query.der()));
        } catch (IllegalStateException e) {
            throw new Refused(HttpStatus.CONFLICT, e.getMessage() + ".");
        }
    }

    /** Takes in the authority's answer to such a question. */
    @CalledBy(value = Role.COMPLIANCE_OFFICER, scopes = Scope.AUDIT)
    @Post("/answer")
    StampView answer(@Body Answer body) {
        if (body.answer().length() > MAX_BASE64_CHARS) {
            throw new Refused(
                    HttpStatus.REQUEST_ENTITY_TOO_LARGE,
                    "An answer has at most " + Timestamps.MAX_ANSWER_BYTES + " bytes.");
        }
        try {
            return StampView.of(timestamps.accept(Base64.getDecoder().decode(body.answer())));
        } catch (IllegalStateException e) {
            throw new Refused(HttpStatus.CONFLICT, e.getMessage() + ".");
        } catch (StampRefused e) {
            throw new Refused(HttpStatus.UNPROCESSABLE_ENTITY, "The answer is not taken in: " + e.getMessage() + ".");
        } catch (IllegalArgumentException e) {
            throw new Refused(HttpStatus.UNPROCESSABLE_ENTITY, "The answer is not base64.");
        }
    }

    /** How far, and the stamps. */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Listed(TimestampView status, List<StampView> stamps) {}

    /**
     * A question to an authority.
     *
     * @param size entries of the checkpoint that it is about
     * @param query TimeStampReq (RFC 3161), DER in base64
     */
    @Serdeable
    record Carried(long size, String query) {}

    /**
     * An authority's answer.
     *
     * @param answer TimeStampResp (RFC 3161), DER in base64
     */
    @Serdeable
    record Answer(String answer) {}

    /**
     * A checkpoint that existed at a time.
     *
     * @param size its entries
     * @param time by the authority's clock
     * @param token TimeStampToken (RFC 3161) over the checkpoint's text, DER in base64
     */
    @Serdeable
    record StampView(long size, String time, String token) {
        static StampView of(Stamp stamp) {
            return new StampView(
                    stamp.size(), stamp.time().toString(), Base64.getEncoder().encodeToString(stamp.token()));
        }
    }
}

package org.cartulary.appliance.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import org.cartulary.appliance.access.CalledBy;
import org.cartulary.appliance.access.Caller;
import org.cartulary.appliance.access.Refused;
import org.cartulary.appliance.accounts.Scope;
import org.cartulary.appliance.carried.CarriedCheckpoint;
import org.cartulary.appliance.carried.NumberedCodes;
import org.cartulary.appliance.carried.QrSymbol;
import org.cartulary.appliance.health.WitnessView;
import org.cartulary.appliance.settings.Settings;
import org.cartulary.compliance.people.Role;
import org.cartulary.compliance.witness.Witnesses;
import org.jspecify.annotations.Nullable;

/** The log's witnesses: how far they have signed it, and what is carried to and from those without a network. */
@Controller("/api/audit/witnesses")
@ExecuteOn(TaskExecutors.BLOCKING)
final class WitnessController {
    private final Witnesses witnesses;
    private final Settings settings;

    WitnessController(Witnesses witnesses, Settings settings) {
        this.witnesses = witnesses;
        this.settings = settings;
    }

    /** How far the log is witnessed, and which witnesses did not sign when they were asked last. */
    @CalledBy(value = Role.COMPLIANCE_OFFICER, scopes = Scope.AUDIT)
    @Get
    WitnessView status() {
        return WitnessView.of(witnesses.status(), settings.witnesses().warnAfter());
    }

    /** Asks the witnesses that have an address now. */
    @CalledBy(value = Role.COMPLIANCE_OFFICER, scopes = Scope.AUDIT)
    @Post("/ask")
    WitnessView ask() {
        witnesses.askAll();
        return status();
    }

    /**
     * What is carried to a witness: the checkpoint, with the proof that it has grown out of the one that the witness signed
     * last (C2SP tlog-witness, body of add-checkpoint).
     *
     * @param since size of that one; as the record has it where absent, 0 where it signed none
     */
    @CalledBy(value = Role.COMPLIANCE_OFFICER, scopes = Scope.AUDIT)
    @Get(value = "/submission", produces = MediaType.TEXT_PLAIN)
    String submission(@Nullable @QueryValue Long since) {
        try {
            return witnesses.submission(since);
        } catch (IllegalArgumentException e) {
            throw new Refused(HttpStatus.UNPROCESSABLE_ENTITY, e.getMessage() + ".");
        }
    }

    /**
     * The same as QR codes, one where it fits.
     *
     * @param since as there
     * @param perCode bytes in one code at most
     */
    @CalledBy(value = Role.COMPLIANCE_OFFICER, scopes = Scope.AUDIT)
    @Get("/submission/codes")
    Codes codes(@Nullable @QueryValue Long since, @QueryValue(defaultValue = "1500") int perCode) {
        String carried = submission(since);
        try {
            return new Codes(CarriedCheckpoint.codes(carried, NumberedCodes.requireBytes(perCode)).stream()
                    .map(text -> new CodeView(text, QrSymbol.dense(text)))
                    .toList());
        } catch (IllegalArgumentException e) {
            throw new Refused(HttpStatus.UNPROCESSABLE_ENTITY, "The codes cannot be drawn: " + e.getMessage() + ".");
        }
    }

    /** Takes in what a witness signed: the file that it wrote, or the texts of its codes, one after the other. */
    @CalledBy(value = Role.COMPLIANCE_OFFICER, scopes = Scope.AUDIT)
    @Post(value = "/cosignatures", consumes = MediaType.TEXT_PLAIN)
    Taken cosignatures(@Body String carried, Authentication caller) {
        if (carried.length() > Witnesses.MAX_CARRIED_BYTES) {
            throw new Refused(
                    HttpStatus.REQUEST_ENTITY_TOO_LARGE,
                    "A cosigned checkpoint has at most " + Witnesses.MAX_CARRIED_BYTES + " bytes.");
        }
        try {
            Witnesses.Accepted accepted = witnesses.accept(
                    NumberedCodes.joined(carried), Caller.of(caller).principal());
            return new Taken(accepted.size(), accepted.witnesses(), accepted.quorum());
        } catch (IllegalArgumentException e) {
            throw new Refused(HttpStatus.UNPROCESSABLE_ENTITY, e.getMessage() + ".");
        }
    }

    /** In any order. */
    @Serdeable
    record Codes(List<CodeView> codes) {}

    /**
     * A code.
     *
     * @param text that a scanner reads from it
     * @param rows its modules without the light border, {@code 1} for dark and {@code 0} for light
     */
    @Serdeable
    record CodeView(String text, List<String> rows) {}

    /**
     * What became of it.
     *
     * @param size entries of the checkpoint
     * @param witnesses whose signatures are valid, by the names of the policy
     * @param quorum whether a quorum has signed this checkpoint now
     */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Taken(long size, List<String> witnesses, boolean quorum) {}
}

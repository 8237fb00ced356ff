package org.cartulary.appliance.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.UUID;
import org.cartulary.appliance.access.CalledBy;
import org.cartulary.appliance.access.Caller;
import org.cartulary.appliance.access.Refused;
import org.cartulary.appliance.accounts.Accounts;
import org.cartulary.appliance.accounts.Sessions;
import org.cartulary.appliance.carried.QrSymbol;
import org.cartulary.compliance.people.Identity;
import org.cartulary.compliance.people.Role;

/** One's own account: password, second factor, and where one is signed in. For persons who are signed in. */
@Controller("/api/account")
@ExecuteOn(TaskExecutors.BLOCKING)
final class AccountController {
    private final PolicyChanges policy;
    private final Accounts accounts;
    private final Sessions sessions;

    AccountController(PolicyChanges policy, Accounts accounts, Sessions sessions) {
        this.policy = policy;
        this.accounts = accounts;
        this.sessions = sessions;
    }

    /** Who one is, and how one signs in. */
    @CalledBy
    @Get
    AccountView account(Authentication caller) {
        Identity person = signedIn(caller);
        String current = Caller.of(caller).credential();
        return new AccountView(
                policy.read(handle -> PersonView.of(handle, person)),
                Caller.of(caller).dormant().stream()
                        .map(Role::wireName)
                        .sorted()
                        .toList(),
                accounts.hasSecondFactor(person.id()),
                accounts.recoveryCodesLeft(person.id()),
                sessions.of(person.id()).stream()
                        .map(session -> new SessionView(
                                session.id(),
                                session.createdAt().toString(),
                                session.lastSeenAt().toString(),
                                session.expiresAt().toString(),
                                current.equals("session-" + session.id())))
                        .toList());
    }

    /** Changes the password; all other sessions end. */
    @CalledBy
    @Post("/password")
    HttpResponse<?> password(@Body NewPassword wanted, Authentication caller) {
        done(accounts.changePassword(
                signedIn(caller), Caller.of(caller).credential(), wanted.before(), wanted.password()));
        return HttpResponse.noContent();
    }

    /** Begins a second factor: what an authenticator app needs to know, shown this once. */
    @CalledBy
    @Post("/second-factor")
    EnrolmentView begin(Authentication caller) {
        Accounts.Enrolment enrolment = accounts.beginSecondFactor(signedIn(caller))
                .orElseThrow(() -> new Refused(
                        HttpStatus.CONFLICT, "There is a second factor already: end it first.", null, "second-factor"));
        return new EnrolmentView(enrolment.secret(), enrolment.uri(), QrSymbol.of(enrolment.uri()));
    }

    /** Lets the second factor count, by a code of it. Gives recovery codes, shown this once. */
    @CalledBy
    @Post("/second-factor/confirm")
    RecoveryCodesView confirm(@Body Code code, Authentication caller) {
        return new RecoveryCodesView(done(accounts.confirmSecondFactor(signedIn(caller), code.code())));
    }

    /** Ends the second factor, by a code of it or a recovery code. */
    @CalledBy
    @Post("/second-factor/end")
    HttpResponse<?> end(@Body Code code, Authentication caller) {
        done(accounts.endSecondFactor(signedIn(caller), code.code()));
        return HttpResponse.noContent();
    }

    /** Signs out everywhere, here too. */
    @CalledBy
    @Post("/sign-out-everywhere")
    HttpResponse<?> signOut(Authentication caller) {
        Identity person = signedIn(caller);
        sessions.closeAll(person.id(), person.id());
        return HttpResponse.noContent();
    }

    private Identity signedIn(Authentication authentication) {
        Caller caller = Caller.of(authentication);
        if (!caller.isSignedIn()) {
            throw new Refused(HttpStatus.FORBIDDEN, "An account is for persons who are signed in, not for keys.");
        }
        return policy.identity(caller.principal().id());
    }

    private static List<String> done(Accounts.Outcome outcome) {
        return switch (outcome) {
            case Accounts.Outcome.Done done -> done.recoveryCodes();
            case Accounts.Outcome.Refused refused ->
                throw new Refused(HttpStatus.CONFLICT, refused.message(), null, "account");
        };
    }

    /**
     * An account as its owner sees it.
     *
     * @param dormantRoles those of his roles that do not count until he has a second factor
     */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record AccountView(
            PersonView person,
            List<String> dormantRoles,
            boolean secondFactor,
            long recoveryCodesLeft,
            List<SessionView> sessions) {}

    /**
     * A browser that is signed in.
     *
     * @param current whether it is this one
     */
    @Serdeable
    record SessionView(UUID id, String createdAt, String lastSeenAt, String expiresAt, boolean current) {}

    /** The password so far, and the new one. */
    @Serdeable
    record NewPassword(String before, String password) {}

    /** A code of the app, or a recovery code. */
    @Serdeable
    record Code(String code) {}

    /**
     * For an authenticator app.
     *
     * @param secret to be typed in
     * @param uri for an app on the same computer
     * @param qr the address as a QR code to be scanned: a line a row, {@code 1} for dark and {@code 0} for light
     */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record EnrolmentView(String secret, String uri, List<String> qr) {}

    /** Each counts once, where the app is lost; shown this once. */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record RecoveryCodesView(List<String> recoveryCodes) {}
}

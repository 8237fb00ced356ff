package org.cartulary.appliance.access;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.cartulary.appliance.accounts.Accounts;
import org.cartulary.appliance.accounts.PasswordChecks;
import org.cartulary.appliance.accounts.Sessions;
import org.cartulary.appliance.accounts.SignInResult;
import org.cartulary.appliance.accounts.SignIns;
import org.cartulary.compliance.people.Identity;

/** The forms of strangers: to sign in, and to take up an invitation; and signing out. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class SignInController {
    private final SignIns signIns;
    private final Accounts accounts;
    private final Sessions sessions;
    private final StrangersPages pages;

    SignInController(SignIns signIns, Accounts accounts, Sessions sessions, StrangersPages pages) {
        this.signIns = signIns;
        this.accounts = accounts;
        this.sessions = sessions;
        this.pages = pages;
    }

    @Hidden
    @CalledBy(strangers = true)
    @Post("/sign-in")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> signIn(HttpRequest<?> request, @Body Map<String, String> form) {
        try {
            return switch (signIns.signIn(field(form, "name"), field(form, "password"), field(form, "code"))) {
                case SignInResult.Opened opened ->
                    HttpResponse.seeOther(URI.create("/"))
                            .cookie(SessionCookie.of(opened.cookie(), sessions.longest(), request.isSecure()));
                case SignInResult.CodeWanted wanted ->
                    pages.signIn(
                            HttpStatus.UNAUTHORIZED,
                            "Please give the code that your authenticator app shows now, too.");
                case SignInResult.Refused refused ->
                    pages.signIn(HttpStatus.UNAUTHORIZED, SignInResult.Refused.MESSAGE);
            };
        } catch (PasswordChecks.Busy e) {
            return pages.signIn(HttpStatus.SERVICE_UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }

    @Hidden
    @CalledBy(strangers = true)
    @Get("/invitation/{token}")
    HttpResponse<?> invitation(String token) {
        Optional<Identity> invited = accounts.invited(token);
        return invited.isPresent()
                ? pages.invitation(HttpStatus.OK, "", invited.get().name(), token)
                : pages.signIn(
                        HttpStatus.NOT_FOUND,
                        "This invitation was used, is too old, or was replaced: ask an administrator for a new one.");
    }

    @Hidden
    @CalledBy(strangers = true)
    @Post("/invitation")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> accept(@Body Map<String, String> form) {
        String token = field(form, "token");
        Optional<Identity> invited = accounts.invited(token);
        if (invited.isEmpty()) {
            return invitation(token);
        }
        String name = invited.get().name();
        if (!field(form, "password").equals(field(form, "again"))) {
            return pages.invitation(HttpStatus.BAD_REQUEST, "The two passwords are not the same.", name, token);
        }
        try {
            return switch (accounts.accept(token, field(form, "password"))) {
                case Accounts.Outcome.Done done ->
                    pages.signIn(HttpStatus.OK, "Your password is set. Sign in as " + name + ".");
                case Accounts.Outcome.Refused refused ->
                    pages.invitation(HttpStatus.BAD_REQUEST, refused.message(), name, token);
            };
        } catch (PasswordChecks.Busy e) {
            return pages.invitation(HttpStatus.SERVICE_UNAVAILABLE, String.valueOf(e.getMessage()), name, token);
        }
    }

    private static String field(Map<String, String> form, String name) {
        return form.getOrDefault(name, "");
    }

    /** Ends this browser's session. */
    @CalledBy
    @Post("/api/sign-out")
    HttpResponse<?> signOut(HttpRequest<?> request) {
        SessionCookie.read(request).map(Cookie::getValue).ifPresent(sessions::close);
        return HttpResponse.noContent().cookie(SessionCookie.gone());
    }

    @Hidden
    @CalledBy(strangers = true)
    @Get("/sign-in.css")
    HttpResponse<?> stylesheet() {
        return pages.stylesheet();
    }
}

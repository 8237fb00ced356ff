package org.cartulary.appliance.access;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import java.util.Map;
import org.cartulary.appliance.accounts.Credentials;
import org.cartulary.appliance.accounts.Sessions;

/** Exchanges a token for a session cookie, and gives it up again. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class SignInController {
    private final Credentials credentials;
    private final Sessions sessions;
    private final SignInPage page;

    SignInController(Credentials credentials, Sessions sessions, SignInPage page) {
        this.credentials = credentials;
        this.sessions = sessions;
        this.page = page;
    }

    @Hidden
    @Post("/sign-in")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Secured(SecurityRule.IS_ANONYMOUS)
    HttpResponse<?> signIn(HttpRequest<?> request, @Body Map<String, String> form) {
        String token = form.getOrDefault("token", "").strip();
        return credentials
                .holder(token)
                .<HttpResponse<?>>map(holder -> HttpResponse.seeOther(URI.create("/"))
                        .cookie(SessionCookie.of(sessions.open(holder), Sessions.LIFETIME, request.isSecure())))
                .orElseGet(() -> page.response("This token is not valid. The first start printed one on the console;"
                        + " deploy/cartulary token issues another."));
    }

    /** Ends this browser's session. */
    @Post("/api/sign-out")
    @Secured(CredentialAuthentication.ROLE)
    HttpResponse<?> signOut(HttpRequest<?> request) {
        SessionCookie.read(request).map(Cookie::getValue).ifPresent(sessions::close);
        return HttpResponse.noContent().cookie(SessionCookie.gone());
    }

    @Hidden
    @Get("/sign-in.css")
    @Secured(SecurityRule.IS_ANONYMOUS)
    HttpResponse<?> stylesheet() {
        return page.stylesheet();
    }
}

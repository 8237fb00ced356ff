package org.cartulary.appliance.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.cartulary.appliance.testing.CommandProcess.Outcome;

/** A person who was invited on the console and signs in by the forms, as a browser does. */
public final class Visitor {
    private final RestClient stranger;
    private final String invitation;
    private String cookie = "";

    private Visitor(RestClient stranger, String invitation) {
        this.stranger = stranger;
        this.invitation = invitation;
    }

    /** Adds a reader by a command, takes the invitation up and signs in. */
    public static Visitor signedIn(Path home, RestClient client, String name) {
        Outcome added = CommandProcess.run(home, "people", "add", name, "--role", "reader");
        assertThat(added.exitCode()).as(added.err()).isZero();
        String line = added.out().strip();
        Visitor visitor = new Visitor(client.withToken(""), line.substring(line.lastIndexOf('/') + 1));
        assertThat(visitor.form(
                                "/invitation",
                                Map.of(
                                        "token",
                                        visitor.invitation,
                                        "password",
                                        Staff.PASSWORD,
                                        "again",
                                        Staff.PASSWORD))
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> signedIn =
                visitor.form("/sign-in", Map.of("name", name, "password", Staff.PASSWORD, "code", ""));
        String set = signedIn.headers().firstValue("Set-Cookie").orElseThrow();
        visitor.cookie = set.substring(set.indexOf('=') + 1, set.indexOf(';'));
        return visitor;
    }

    /** Secrets of hers that nobody else may come across. */
    public Iterable<String> secrets() {
        return List.of(Staff.PASSWORD, invitation, cookie);
    }

    /** The status of her own account, asked of an appliance that may have started anew. */
    public int account(RestClient there) {
        RestClient nobody = there.withToken("");
        return nobody.send(nobody.request("/api/account")
                        .header("Cookie", "cartulary_session=" + cookie)
                        .GET())
                .statusCode();
    }

    private HttpResponse<String> form(String path, Map<String, String> fields) {
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return stranger.send(stranger.request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }
}

package org.cartulary.appliance.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.cartulary.appliance.accounts.PasswordChecks;
import org.cartulary.appliance.accounts.SignInResult;
import org.cartulary.appliance.accounts.SignIns;
import org.cartulary.appliance.testing.RestClient;
import org.cartulary.appliance.testing.SharedAppliance;
import org.cartulary.appliance.testing.SharedAppliance.Running;
import org.cartulary.appliance.testing.Staff;
import org.cartulary.compliance.Authority;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.people.Identity;
import org.cartulary.compliance.people.Role;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How people get in, and how others do not. */
@ExtendWith(SharedAppliance.class)
class SignInTest {
    private static final int ATTACKS = Boolean.getBoolean("cartulary.long") ? 1000 : 100;

    private final Running running;
    private final Staff staff;
    private final SignIns signIns;

    SignInTest(Running running) {
        this.running = running;
        this.staff = new Staff(running.appliance());
        this.signIns = running.appliance().get(SignIns.class);
    }

    /** Statements that this thread sends. */
    private static final class Statements implements SqlLogger {
        private final Thread thread = Thread.currentThread();
        private final List<String> sent = new ArrayList<>();

        @Override
        public void logBeforeExecution(StatementContext context) {
            if (thread.equals(Thread.currentThread())) {
                sent.add(String.valueOf(context.getRawSql()));
            }
        }
    }

    @BeforeEach
    void forgetFailures() {
        running.appliance()
                .get(Jdbi.class)
                .useHandle(handle -> handle.execute("DELETE FROM appliance.sign_in_failure"));
    }

    @Test
    void whoeverIsUnknownWrongDisabledOrLockedGetsTheSameAnswerForTheSameWork() {
        Identity known = staff.person("sign-in-known", Role.READER);
        Identity disabled = staff.person("sign-in-disabled", Role.READER);
        running.appliance()
                .get(Jdbi.class)
                .useTransaction(handle -> running.appliance()
                        .get(Authority.class)
                        .identities()
                        .disable(handle, Principal.CONSOLE, disabled));
        List<String> wrong = worked(known.name(), "not the password of anybody");
        assertThat(worked("sign-in-nobody", "not the password of anybody")).isEqualTo(wrong);
        assertThat(worked("no such name \u0000 at all", "not the password of anybody"))
                .isEqualTo(wrong);
        assertThat(worked(disabled.name(), Staff.PASSWORD)).isEqualTo(wrong);
    }

    @Test
    void aLockTellsNothingEither() {
        Identity known = staff.person("sign-in-locked", Role.READER);
        List<List<String>> ofKnown = new ArrayList<>();
        List<List<String>> ofNobody = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            ofKnown.add(worked(known.name(), "wrong every time, many times"));
            ofNobody.add(worked("sign-in-nobody-else", "wrong every time, many times"));
        }
        assertThat(ofNobody).isEqualTo(ofKnown);
        assertThat(signIns.signIn(known.name(), Staff.PASSWORD, "")).isInstanceOf(SignInResult.Refused.class);
        forgetFailures();
        assertThat(signIns.signIn(known.name(), Staff.PASSWORD, "")).isInstanceOf(SignInResult.Opened.class);
    }

    /** The statements of a refused sign-in; one password hash goes with them. */
    private List<String> worked(String name, String password) {
        Jdbi jdbi = running.appliance().get(Jdbi.class);
        SqlLogger before = jdbi.getConfig(SqlStatements.class).getSqlLogger();
        Statements statements = new Statements();
        PasswordChecks checks = running.appliance().get(PasswordChecks.class);
        long hashes = checks.done();
        jdbi.setSqlLogger(statements);
        try {
            assertThat(signIns.signIn(name, password, "")).isEqualTo(new SignInResult.Refused());
        } finally {
            jdbi.setSqlLogger(before);
        }
        assertThat(checks.done() - hashes).isEqualTo(1);
        assertThat(statements.sent).isNotEmpty();
        return statements.sent;
    }

    @Test
    void aBoxUnderAttackGoesOnAnswering() throws Exception {
        staff.person("sign-in-attacked", Role.READER);
        try (ExecutorService attackers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> attacks = IntStream.range(0, ATTACKS)
                    .mapToObj(i -> attackers.submit(
                            () -> signIn("sign-in-attacked", "wrong " + i).statusCode()))
                    .toList();
            for (int i = 0; i < 3; i++) {
                assertThat(running.client()
                                .ask("How long do we keep visitor logs?", "demo")
                                .statusCode())
                        .isEqualTo(200);
            }
            for (Future<Integer> attack : attacks) {
                assertThat(attack.get()).isIn(401, 503);
            }
        }
        assertThat(signIn("rita", Staff.PASSWORD).statusCode()).isEqualTo(303);
    }

    @Test
    void administratorsSignInWithTheSecondFactorTheySetUp() {
        Identity person = staff.person("sign-in-plain", Role.READER);
        String cookie = cookie(signIn(person.name(), Staff.PASSWORD));
        RestClient stranger = running.stranger();
        HttpResponse<String> begun = posted(cookie, "/api/account/second-factor", "{}");
        String secret = RestClient.parsed(begun.body()).path("secret").asText();
        assertThat(posted(cookie, "/api/account/second-factor/confirm", "{\"code\":\"000000\"}")
                        .statusCode())
                .isEqualTo(409);
        Instant now = Instant.now();
        HttpResponse<String> confirmed =
                posted(cookie, "/api/account/second-factor/confirm", "{\"code\":\"" + Staff.code(secret, now) + "\"}");
        assertThat(confirmed.statusCode()).as(confirmed.body()).isEqualTo(200);
        List<String> recovery = new ArrayList<>();
        RestClient.parsed(confirmed.body()).path("recoveryCodes").forEach(code -> recovery.add(code.asText()));
        assertThat(recovery).hasSize(10).doesNotHaveDuplicates();
        assertThat(signIn(person.name(), Staff.PASSWORD).body()).contains("code that your authenticator app shows");
        assertThat(signIn(person.name(), Staff.PASSWORD, Staff.code(secret, now))
                        .statusCode())
                .as("a code counts once")
                .isEqualTo(401);
        assertThat(signIn(person.name(), Staff.PASSWORD, recovery.getFirst()).statusCode())
                .isEqualTo(303);
        assertThat(signIn(person.name(), Staff.PASSWORD, recovery.getFirst()).statusCode())
                .as("a recovery code counts once")
                .isEqualTo(401);
        assertThat(stranger.get("/api/account").statusCode()).isEqualTo(401);
    }

    @Test
    void signingOutEverywhereEndsEverySessionAtOnce() {
        Identity person = staff.person("sign-in-everywhere", Role.READER);
        String here = cookie(signIn(person.name(), Staff.PASSWORD));
        String there = cookie(signIn(person.name(), Staff.PASSWORD));
        assertThat(seen(there).statusCode()).isEqualTo(200);
        assertThat(RestClient.parsed(seen(here).body()).path("sessions")).hasSize(2);
        assertThat(posted(here, "/api/account/sign-out-everywhere", "{}").statusCode())
                .isEqualTo(204);
        assertThat(seen(here).statusCode()).isEqualTo(401);
        assertThat(seen(there).statusCode()).isEqualTo(401);
    }

    @Test
    void aSessionThatLiesIdleEnds() {
        Identity person = staff.person("sign-in-idle", Role.READER);
        String cookie = cookie(signIn(person.name(), Staff.PASSWORD));
        assertThat(seen(cookie).statusCode()).isEqualTo(200);
        running.appliance()
                .get(Jdbi.class)
                .useHandle(handle -> handle.execute(
                        "UPDATE appliance.session SET last_seen_at = now() - interval '31 minutes' WHERE principal = ?",
                        person.id().id()));
        assertThat(seen(cookie).statusCode()).isEqualTo(401);
    }

    @Test
    void anInvitationCountsOnceAndGivesAPasswordThatCannotBeGuessed() {
        HttpResponse<String> added =
                running.client().post("/api/people", "{\"name\":\"invited\",\"roles\":[\"reader\"]}");
        String token = RestClient.parsed(added.body()).path("invitation").asText();
        assertThat(running.stranger().get("/invitation/" + token).body()).contains("invited");
        assertThat(accepted(token, "short").statusCode()).isEqualTo(400);
        assertThat(accepted(token, "aaaaaaaaaaaaaaaaaaaaaaa").body()).contains("easy to guess");
        assertThat(accepted(token, "invitedinvited1").body()).contains("easy to guess");
        assertThat(accepted(token, Staff.PASSWORD).body()).contains("Your password is set");
        assertThat(accepted(token, Staff.PASSWORD + " again").statusCode()).isEqualTo(404);
        assertThat(signIn("Invited", Staff.PASSWORD).statusCode()).isEqualTo(303);
    }

    private HttpResponse<String> accepted(String token, String password) {
        return form("/invitation", Map.of("token", token, "password", password, "again", password));
    }

    private HttpResponse<String> signIn(String name, String password) {
        return signIn(name, password, "");
    }

    private HttpResponse<String> signIn(String name, String password, String code) {
        return form("/sign-in", Map.of("name", name, "password", password, "code", code));
    }

    private HttpResponse<String> form(String path, Map<String, String> fields) {
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        RestClient stranger = running.stranger();
        return stranger.send(stranger.request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static String cookie(HttpResponse<String> signedIn) {
        assertThat(signedIn.statusCode()).isEqualTo(303);
        String cookie = signedIn.headers().firstValue("Set-Cookie").orElseThrow();
        return cookie.substring(0, cookie.indexOf(';'));
    }

    private HttpResponse<String> seen(String cookie) {
        RestClient stranger = running.stranger();
        return stranger.send(
                stranger.request("/api/account").header("Cookie", cookie).GET());
    }

    private HttpResponse<String> posted(String cookie, String path, String json) {
        RestClient stranger = running.stranger();
        return stranger.send(stranger.request(path)
                .header("Cookie", cookie)
                .header("X-Cartulary", "1")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }
}

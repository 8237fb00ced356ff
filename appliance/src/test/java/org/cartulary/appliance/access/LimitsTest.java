package org.cartulary.appliance.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.cartulary.appliance.accounts.ApiKeys;
import org.cartulary.appliance.accounts.Limits;
import org.cartulary.appliance.accounts.Scope;
import org.cartulary.appliance.testing.RestClient;
import org.cartulary.appliance.testing.SharedAppliance;
import org.cartulary.appliance.testing.SharedAppliance.Running;
import org.cartulary.appliance.testing.Staff;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.people.Identity;
import org.cartulary.compliance.people.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What goes beyond a limit is refused with the time after which it may be tried again. */
@ExtendWith(SharedAppliance.class)
class LimitsTest {
    private final Running running;
    private final Staff staff;

    LimitsTest(Running running) {
        this.running = running;
        this.staff = new Staff(running.appliance());
    }

    @Test
    void aKeyHasRequestsOfAMinute() {
        RestClient client = with(staff.service("limits-minute", Role.SERVICE), new Limits(2, null));
        assertThat(client.get("/api/status").statusCode()).isEqualTo(200);
        assertThat(client.get("/api/status").statusCode()).isEqualTo(200);
        assertRefused(client.get("/api/status"), 60);
    }

    @Test
    void aKeyHasQuestionsOfADayAndOtherRequestsGoOn() {
        Identity service = staff.service("limits-day", Role.SERVICE);
        granted(service);
        RestClient client = with(service, new Limits(null, 1));
        assertThat(client.ask("How long do we keep visitor logs?", "demo").statusCode())
                .isEqualTo(200);
        assertRefused(client.ask("How long do we keep visitor logs?", "demo"), 86_400);
        assertThat(client.post("/v1/chat/completions", "{}").body()).contains("rate_limit");
        assertThat(client.get("/api/status").statusCode()).isEqualTo(200);
    }

    @Test
    void aPersonsLimitCountsForAllHisKeysTogether() {
        Identity service = staff.service("limits-person", Role.SERVICE);
        assertThat(running.client()
                        .send(running.client()
                                .request("/api/quotas/people/" + service.id().id())
                                .header("Content-Type", "application/json")
                                .PUT(HttpRequest.BodyPublishers.ofString("{\"requestsPerMinute\":2}")))
                        .statusCode())
                .isEqualTo(204);
        assertThat(with(service, Limits.NONE).get("/api/status").statusCode()).isEqualTo(200);
        assertThat(with(service, Limits.NONE).get("/api/status").statusCode()).isEqualTo(200);
        assertRefused(with(service, Limits.NONE).get("/api/status"), 60);
    }

    private void granted(Identity service) {
        assertThat(running.client()
                        .call(
                                "PUT",
                                "/api/collections/demo/grants/read/"
                                        + service.id().id())
                        .statusCode())
                .isEqualTo(204);
    }

    private RestClient with(Identity service, Limits limits) {
        return running.client()
                .withToken(running.appliance()
                        .get(ApiKeys.class)
                        .issue(
                                Principal.CONSOLE,
                                service.id(),
                                new ApiKeys.Wanted("test", Scope.all(), Duration.ofDays(1), limits))
                        .orElseThrow()
                        .text());
    }

    private static void assertRefused(HttpResponse<String> response, int mostSeconds) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(429);
        assertThat(Integer.parseInt(response.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, mostSeconds);
    }
}

package org.cartulary.appliance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.cartulary.appliance.testing.RestClient;
import org.cartulary.appliance.testing.SharedAppliance;
import org.cartulary.appliance.testing.SharedAppliance.Running;
import org.cartulary.appliance.testing.Staff;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How people come in and look after their accounts, in a real Chromium. */
@ExtendWith({SharedAppliance.class, Chromium.class})
class AccountPageTest {
    /** Codes of the step after this one count already, and a code counts once. */
    private static final long STEP_SECONDS = 30;

    @Test
    void whoeverIsInvitedSetsAPasswordAsksAndSetsUpASecondFactor(Running running, Browser browser) {
        String invitation = invited(running, "nina");
        try (Visit visit = new Visit(browser, running)) {
            takeUp(visit, invitation);
            visit.signIn("nina", "");
            Locator answer = visit.ask("How long until the cleaner can go into a room without negative pressure?");
            assertThat(answer)
                    .hasAttribute(
                            "data-outcome",
                            "answered",
                            new LocatorAssertions.HasAttributeOptions().setTimeout(Visit.PATIENCE_MILLIS));

            String secret = setUpSecondFactor(visit);
            visit.part("sign-out").click();
            assertThat(visit.part("sign-in-form")).isVisible();
            visit.signIn("nina", Staff.code(secret, Instant.now().plusSeconds(STEP_SECONDS)));
        }
    }

    /** As an administrator does, with the right to read that goes with it; returns the path of the link. */
    private static String invited(Running running, String name) {
        HttpResponse<String> added =
                running.client().post("/api/people", "{\"name\":\"" + name + "\",\"roles\":[\"reader\"]}");
        assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
        JsonNode json = RestClient.parsed(added.body());
        String grant =
                "/api/collections/demo/grants/read/" + json.at("/person/id").asText();
        assertThat(running.client().call("PUT", grant).statusCode()).isEqualTo(204);
        return "/invitation/" + json.path("invitation").asText();
    }

    private static void takeUp(Visit visit, String invitation) {
        visit.page().navigate(invitation);
        assertThat(visit.part("invited-as")).hasText("nina");
        assertThat(visit.part("username")).hasValue("nina");
        visit.part("password").fill(Staff.PASSWORD);
        visit.part("again").fill("seven lamps under a wet ridge");
        visit.screenshot("invitation", true);
        visit.part("accept").click();
        assertThat(visit.part("message")).containsText("not the same");
        visit.expectComplaint();

        visit.part("password").fill(Staff.PASSWORD);
        visit.part("again").fill(Staff.PASSWORD);
        visit.part("accept").click();
        assertThat(visit.part("message")).containsText("Sign in as nina");
    }

    private static String setUpSecondFactor(Visit visit) {
        visit.part("view-account").click();
        visit.part("second-factor-begin").click();
        String scanned = QrReader.read(visit.part("second-factor-qr").screenshot());
        assertThat(scanned)
                .startsWith("otpauth://totp/")
                .isEqualTo(visit.part("second-factor-uri").inputValue());
        String secret = visit.part("second-factor-secret").innerText().replace(" ", "");
        assertThat(scanned).contains("secret=" + secret);
        visit.screenshot("second-factor", true);

        visit.part("second-factor-code").fill(Staff.code(secret, Instant.now()));
        visit.part("second-factor-confirm").click();
        assertThat(visit.part("recovery-code").first()).isVisible();
        visit.part("shown-once-done").click();
        assertThat(visit.part("recovery-codes")).isHidden();
        return secret;
    }

    @Test
    void aKeyIsMadeWithLimitsAndRevoked(Running running, Browser browser) {
        try (Visit visit = new Visit(browser, running)) {
            visit.signIn("rita", "");
            visit.part("view-account").click();
            visit.part("key-name").fill("chatbot");
            visit.part("scope-ask").check();
            visit.part("key-requests").fill("20");
            visit.part("key-questions").fill("500");
            visit.part("make-key").click();
            String text = visit.part("key-text").inputValue();
            assertThat(running.stranger().withToken(text).get("/api/session").statusCode())
                    .isEqualTo(200);
            visit.part("shown-once-done").click();
            Locator key = visit.part("key").first();
            assertThat(key).containsText("20 requests a minute, 500 questions a day");

            key.getByTestId("revoke-key").click();
            key.getByTestId("confirm-revoke-key").click();
            assertThat(visit.part("key").first()).hasAttribute("data-state", "revoked");
            assertThat(running.stranger().withToken(text).get("/api/session").statusCode())
                    .isEqualTo(401);
            visit.screenshot("keys", true);
        }
    }
}

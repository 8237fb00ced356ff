package org.cartulary.appliance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import java.net.http.HttpResponse;
import org.cartulary.appliance.accounts.Accounts;
import org.cartulary.appliance.testing.RestClient;
import org.cartulary.appliance.testing.SharedAppliance;
import org.cartulary.appliance.testing.SharedAppliance.Running;
import org.cartulary.compliance.people.Identity;
import org.cartulary.compliance.people.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What those do who watch over others, in a real Chromium. */
@ExtendWith({SharedAppliance.class, Chromium.class})
class OversightPageTest {
    private final Running running;
    private final Browser browser;

    OversightPageTest(Running running, Browser browser) {
        this.running = running;
        this.browser = browser;
    }

    @Test
    void anOfficerReviewsAnEmergency() {
        RestClient emil = opensInAnEmergency("page-emil", "page-ward");
        try (Visit visit = overseer("olga")) {
            visit.screenshot("oversight-review", true);
            Locator emergency = visit.page().locator("[data-testid=to-review][data-collection=page-ward]");
            assertThat(emergency).containsText("page-emil opened page-ward");
            assertThat(emergency).containsText("Unconscious, allergies unknown");
            emergency.locator("summary").click();
            assertThat(emergency.getByTestId("emergency-questions").locator("li"))
                    .hasCount(1);
            emergency.getByTestId("send-review").click();
            assertThat(emergency.getByTestId("review-problem")).containsText("Choose");

            emergency.getByTestId("verdict-justified").check();
            emergency.getByTestId("review-remark").fill("Called the ward, who confirmed it.");
            emergency.getByTestId("send-review").click();
            assertThat(emergency).isHidden();
            visit.part("show-reviewed").click();
            assertThat(visit.part("reviewed")).containsText("Called the ward, who confirmed it.");
        }
        assertThat(emil.json("/api/emergencies").at("/emergencies/0/review").asText())
                .isEqualTo("justified");
    }

    private RestClient opensInAnEmergency(String name, String collection) {
        Identity person = running.staff().person(name, Role.READER);
        RestClient client = running.client().withToken(running.staff().key(person));
        create(collection);
        String grant = "/api/collections/" + collection + "/grants/emergency/"
                + person.id().id();
        assertThat(running.client().call("PUT", grant).statusCode()).isEqualTo(204);
        HttpResponse<String> opened = client.post(
                "/api/emergencies",
                "{\"collection\":\"" + collection + "\",\"reason\":\"Unconscious, allergies unknown\"}");
        assertThat(opened.statusCode()).as(opened.body()).isEqualTo(201);
        String query = "{\"query\":\"allergies\",\"collection\":\"" + collection + "\"}";
        assertThat(client.post("/api/search", query).statusCode()).isEqualTo(200);
        return client;
    }

    @Test
    void twoAdministratorsDeleteACollection() {
        create("page-obsolete");
        running.staff().person("page-ada", Role.ADMINISTRATOR);
        running.staff().person("page-ben", Role.ADMINISTRATOR);
        try (Visit ada = overseer("page-ada")) {
            asksForDeletion(ada, "page-obsolete", "Its retention has ended.");
            Locator act = waiting(ada, "page-obsolete");
            assertThat(act.getByTestId("withdraw-act")).isVisible();
            assertThat(act.getByTestId("approve-act")).isHidden();
            ada.screenshot("oversight-request", true);
        }
        try (Visit ben = overseer("page-ben")) {
            assertThat(ben.part("oversight-count")).isVisible();
            Locator act = waiting(ben, "page-obsolete");
            assertThat(act).containsText("Its retention has ended.");
            act.getByTestId("approve-act").click();
            act.getByTestId("confirm-approve-act").click();
            assertThat(act).isHidden();

            ben.part("show-decided-acts").click();
            assertThat(decided(ben, "page-obsolete")).hasAttribute("data-state", "executed");
            ben.screenshot("oversight-decided", true);
        }
        assertThat(running.client().get("/api/collections").body()).doesNotContain("page-obsolete");
    }

    @Test
    void anActIsRejectedWithAReasonOrWithdrawn() {
        create("page-kept");
        running.staff().person("page-cleo", Role.ADMINISTRATOR);
        running.staff().person("page-dirk", Role.ADMINISTRATOR);
        try (Visit cleo = overseer("page-cleo");
                Visit dirk = overseer("page-dirk")) {
            asksForDeletion(cleo, "page-kept", "Nobody asks it any more.");
            openOversight(dirk);
            Locator act = waiting(dirk, "page-kept");
            act.getByTestId("reject-act").click();
            act.getByTestId("confirm-reject-act").click();
            assertThat(act.getByTestId("decision-problem")).containsText("Say why");
            act.getByTestId("reject-reason").fill("The law wants it for two more years.");
            act.getByTestId("confirm-reject-act").click();
            assertThat(act).isHidden();

            openOversight(cleo);
            assertThat(waiting(cleo, "page-kept")).isHidden();
            asksForDeletion(cleo, "page-kept", "The two years are over.");
            waiting(cleo, "page-kept").getByTestId("withdraw-act").click();
            assertThat(waiting(cleo, "page-kept")).isHidden();
            cleo.part("show-decided-acts").click();
            assertThat(decided(cleo, "page-kept").first()).hasAttribute("data-state", "withdrawn");
            assertThat(decided(cleo, "page-kept").last()).hasAttribute("data-state", "rejected");
        }
    }

    @Test
    void whoeverLacksASecondFactorOrTheRoleIsToldSo() {
        Identity person = running.staff().person("page-fay", Role.ADMINISTRATOR);
        assertThat(running.appliance()
                        .get(Accounts.class)
                        .endSecondFactor(person, running.staff().recoveryCode("page-fay")))
                .isInstanceOf(Accounts.Outcome.Done.class);
        try (Visit fay = new Visit(browser, running);
                Visit rita = new Visit(browser, running)) {
            fay.signIn("page-fay", "");
            openOversight(fay);
            assertThat(fay.part("oversight-notice")).containsText("do not count until you set up a second factor");
            assertThat(fay.part("act-form")).isHidden();
            fay.screenshot("oversight-second-factor", true);

            rita.signIn("rita", "");
            assertThat(rita.part("view-oversight")).isHidden();
            rita.page().navigate("/#oversight");
            assertThat(rita.part("oversight-notice")).containsText("Your roles do not open it");
        }
    }

    private void create(String collection) {
        assertThat(running.client()
                        .post("/api/collections", "{\"name\":\"" + collection + "\"}")
                        .statusCode())
                .isEqualTo(201);
    }

    /** The browser of somebody with a second factor, with oversight in view. */
    private Visit overseer(String name) {
        Visit visit = new Visit(browser, running);
        visit.signIn(name, running.staff().recoveryCode(name));
        openOversight(visit);
        return visit;
    }

    /** Anew where it is in view already, so that it shows what others did meanwhile. */
    private static void openOversight(Visit visit) {
        visit.part("view-ask").click();
        visit.part("view-oversight").click();
    }

    private static void asksForDeletion(Visit visit, String collection, String reason) {
        visit.part("act-kind").selectOption("delete-collection");
        visit.part("act-parameter-collection").fill(collection);
        visit.part("act-reason").fill(reason);
        visit.part("request-act").click();
        assertThat(waiting(visit, collection)).isVisible();
    }

    private static Locator waiting(Visit visit, String collection) {
        return visit.part("act").filter(new Locator.FilterOptions().setHasText(collection));
    }

    private static Locator decided(Visit visit, String collection) {
        return visit.part("decided-act").filter(new Locator.FilterOptions().setHasText(collection));
    }
}

package org.cartulary.appliance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.cartulary.appliance.testing.DrawnCodes;
import org.cartulary.appliance.testing.RestClient;
import org.cartulary.appliance.testing.SharedAppliance;
import org.cartulary.appliance.testing.SharedAppliance.Running;
import org.cartulary.appliance.testing.Verifier;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a compliance officer does with the evidence, in a real Chromium. */
@ExtendWith({SharedAppliance.class, Chromium.class})
class OfficerPageTest {
    private static final String QUESTION = "How long are visitor logs kept?";

    private final Running running;
    private final Browser browser;

    @TempDir
    private Path scratch;

    OfficerPageTest(Running running, Browser browser) {
        this.running = running;
        this.browser = browser;
    }

    @BeforeEach
    void trustTheLog() {
        Path witness = running.home().resolve("witness");
        assertThat(Verifier.run("witness", "trust", witness, "--key", Verifier.key(running.home())))
                .isZero();
    }

    @Test
    void anOfficerFindsAQuestionReadsItComparesItAndSignsItOff() {
        long one = asked();
        long other = asked();
        try (Visit visit = officer("view-review")) {
            assertThat(visit.part("looks-are-logged")).containsText("entry of the log in your name");
            assertThat(visit.part("found")).hasCount(0);
            visit.part("find-outcome").selectOption("answered");
            visit.part("find-send").click();
            Locator row = visit.page().locator("[data-testid=found][data-number='" + one + "']");
            assertThat(row).containsText("Answered");
            both(visit, "officer-search");

            row.locator("a").click();
            assertThat(visit.part("record-heading")).isFocused();
            assertThat(visit.part("record-question")).hasText(QUESTION);
            assertThat(visit.part("record-answer")).containsText("90 days");
            visit.part("replay-search").click();
            assertThat(visit.part("replay-search-result")).containsText("Exact: the same");
            visit.part("replay").click();
            assertThat(visit.part("replay-problem")).containsText("There is nothing to replay");
            visit.expectComplaint();
            visit.part("record-hits").locator("summary").click();
            assertThat(verifiedReceipt(visit)).isZero();
            both(visit, "officer-question");

            visit.part("compare-number").fill(Long.toString(other));
            visit.part("compare").click();
            assertThat(visit.part("comparison-heading")).isFocused();
            assertThat(visit.part("compared")).hasCount(2);
            both(visit, "officer-comparison");
            visit.page().goBack();

            visit.part("sign-off").click();
            assertThat(visit.part("sign-off-problem")).containsText("Choose a verdict");
            visit.part("sign-off-incomplete").check();
            visit.part("sign-off-remark").fill("It leaves the exception out.");
            visit.part("sign-off").click();
            assertThat(visit.part("past-review")).containsText("It leaves the exception out.");
        }
        JsonNode record = running.officer().json("/api/audit/questions/" + one);
        assertThat(record.at("/reviews/0/sealed/verdict").asText()).isEqualTo("incomplete");
    }

    private int verifiedReceipt(Visit visit) {
        Path proof = downloaded(visit.page(), visit.part("record-proof"));
        Path record = downloaded(visit.page(), visit.part("record-record"));
        return Verifier.run("verify-receipt", proof, "--record", record, "--key", Verifier.key(running.home()));
    }

    @Test
    void anOfficerPlacesAHoldAndAsksForItsRelease() {
        try (Visit visit = officer("view-retention")) {
            visit.part("hold-value").fill("page-2026/117");
            visit.part("hold-reason").fill("short");
            visit.part("place-hold").click();
            assertThat(visit.part("hold-problem")).containsText("at least 10 characters");
            visit.part("hold-reason").fill("Claim of the patient's family.");
            visit.part("hold-review").fill("2026-01-31");
            visit.part("place-hold").click();
            assertThat(visit.part("hold-problem")).containsText("a day of the next ten years");
            visit.expectComplaint();
            visit.part("hold-review")
                    .fill(LocalDate.now(ZoneOffset.UTC).plusDays(30).toString());
            visit.part("place-hold").click();
            Locator hold = visit.page().locator("[data-testid=hold][data-value='page-2026/117']");
            assertThat(hold).containsText("Claim of the patient's family.");
            assertThat(hold.getByTestId("hold-overdue")).hasCount(0);

            timePasses();
            visit.part("view-proof").click();
            visit.part("view-retention").click();
            assertThat(hold.getByTestId("hold-overdue")).isVisible();
            both(visit, "officer-holds");

            hold.getByTestId("release-hold").click();
            assertThat(hold.getByTestId("release-reason")).isFocused();
            hold.getByTestId("release-reason").fill("The claim was settled.");
            hold.getByTestId("ask-release").click();
            assertThat(hold.getByTestId("release-asked")).containsText("olga asked for its release");

            visit.part("rule-days").fill("3650");
            visit.part("rule-reason").fill("Rule 12 of the house.");
            visit.part("ask-rule").click();
            assertThat(visit.part("rule-done")).containsText("waits for another compliance officer");
            visit.part("view-oversight").click();
            for (String reason : List.of("Rule 12 of the house.", "The claim was settled.")) {
                Locator act = visit.part("act").filter(new Locator.FilterOptions().setHasText(reason));
                act.getByTestId("withdraw-act").click();
                assertThat(act).hasCount(0);
            }
        }
    }

    @Test
    void anOfficerSeesWhatIsDueAndDisposesOfIt() {
        twoPeopleKeepPeoplesRecords("36500");
        try (Visit visit = officer("view-retention")) {
            Locator rule = visit.page().locator("[data-testid=rule][data-of=people]");
            assertThat(rule).containsText("36,500 days");
            assertThat(rule).containsText("0 records");
            visit.part("dispose").click();
            assertThat(visit.part("dispose-later")).isFocused();
            both(visit, "officer-retention");
            visit.part("confirm-dispose").click();
            assertThat(visit.part("disposed")).containsText("0 records were emptied");
        } finally {
            twoPeopleKeepPeoplesRecords("0");
        }
    }

    private void twoPeopleKeepPeoplesRecords(String days) {
        HttpResponse<String> asked = running.client()
                .post(
                        "/api/acts",
                        "{\"kind\":\"set-retention\",\"reason\":\"Rule 12 of the house.\",\"parameters\":"
                                + "{\"class\":\"people\",\"collection\":\"\",\"days\":\"" + days + "\"}}");
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(201);
        String act = RestClient.parsed(asked.body()).path("id").asText();
        assertThat(running.officer().post("/api/acts/" + act + "/approve", "{}").statusCode())
                .isEqualTo(200);
    }

    /** Until the day on which the hold was to be reviewed is over. */
    private void timePasses() {
        running.appliance()
                .get(Jdbi.class)
                .useHandle(handle -> handle.execute(
                        "UPDATE compliance.hold SET review_on = '2026-01-31' WHERE value = 'page-2026/117'"));
    }

    @Test
    void anOfficerCarriesACheckpointToAWitnessByItsCodeAndBringsTheSignatureBack() {
        try (Visit visit = officer("view-proof")) {
            assertThat(visit.part("shard")).hasCount(1);
            visit.part("carry-show").click();
            Locator code = visit.page().getByTestId("checkpoint-qr");
            assertThat(code).isVisible();
            String scanned = QrReader.read(code.screenshot());
            both(visit, "officer-proof");

            String signed = Verifier.printed(
                    scanned, "witness", "cosign", running.home().resolve("witness"), "--in", "-", "--qr");
            visit.part("take-back").click();
            assertThat(visit.part("back-problem")).containsText("Paste what the witness wrote");
            visit.part("back-text").fill(DrawnCodes.onTerminal(signed).getFirst());
            visit.part("take-back").click();
            assertThat(visit.part("back-done")).containsText("by ward.");
            assertThat(visit.part("proof-facts")).containsText("up to entry");
        }
    }

    @Test
    void anOfficerSavesABundleThatAStrangerVerifies() {
        long number = asked();
        try (Visit visit = officer("view-proof")) {
            visit.part("bundle-from").fill("2026-02-02");
            visit.part("bundle-to").fill("2026-02-01");
            visit.part("make-bundle").click();
            assertThat(visit.part("bundle-problem")).containsText("before the first");
            visit.part("bundle-from").fill("");
            visit.part("bundle-to").fill("");
            visit.part("bundle-number").fill(Long.toString(number));
            Path bundle = downloaded(visit.page(), visit.part("make-bundle"));
            assertThat(visit.part("bundle-done")).containsText("evidence.zip");
            assertThat(Verifier.run("verify", bundle, "--key", Verifier.key(running.home())))
                    .isZero();
        }
    }

    @Test
    void evidenceIsForOfficersAlone() {
        try (Visit rita = new Visit(browser, running)) {
            rita.signIn("rita", "");
            assertThat(rita.part("view-evidence")).isHidden();
            rita.page().navigate("/#review/1");
            assertThat(rita.part("evidence-notice")).containsText("Your roles do not open it");
            assertThat(rita.part("question-record")).isHidden();
        }
    }

    private Visit officer(String part) {
        Visit visit = new Visit(browser, running);
        visit.signIn("olga", running.staff().recoveryCode("olga"));
        visit.part("view-evidence").click();
        visit.part(part).click();
        return visit;
    }

    private long asked() {
        JsonNode answer =
                RestClient.parsed(running.client().ask(QUESTION, "demo").body());
        return Long.parseLong(answer.path("receipt").asText().replaceAll(".*/", ""));
    }

    private Path downloaded(Page page, Locator link) {
        Download download = page.waitForDownload(link::click);
        Path file = scratch.resolve(download.suggestedFilename());
        download.saveAs(file);
        return file;
    }

    /** As on a desk, and as on a telephone, where nothing may be cut off. */
    private static void both(Visit visit, String name) {
        visit.screenshot(name, true);
        visit.page().setViewportSize(400, 800);
        visit.screenshot(name + "-400", true);
        assertThat(visit.page().evaluate("document.documentElement.scrollWidth"))
                .as("width of " + name)
                .isEqualTo(400);
        visit.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        visit.page().setViewportSize(1280, 900);
        visit.screenshot(name + "-dark", true);
        visit.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    }
}

package org.cartulary.appliance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.cartulary.appliance.testing.RestClient;
import org.cartulary.appliance.testing.SharedAppliance;
import org.cartulary.appliance.testing.SharedAppliance.Running;
import org.cartulary.appliance.testing.Verifier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real Chromium, against the whole appliance. */
@ExtendWith({SharedAppliance.class, Chromium.class})
class PageTest {
    @TempDir
    private Path scratch;

    private Visit visit;
    private Page page;

    @BeforeEach
    void signIn(Running running, Browser browser) {
        visit = new Visit(browser, running);
        page = visit.page();
        visit.signIn("rita", "");
        page.getByTestId("collection").selectOption("demo");
    }

    @AfterEach
    void leaveNothingBehind(TestInfo test) {
        visit.screenshot(test.getTestMethod().orElseThrow().getName(), true);
        visit.close();
    }

    @Test
    void asksOpensTheCitationAtItsPageAndShowsTheReceipt(Running running) {
        Locator answer = visit.ask("How long until the cleaner can go into a room without negative pressure?");
        assertThat(answer).hasAttribute("data-outcome", "answered", outcomePatience());
        assertThat(answer.getByTestId("answer-text")).containsText("90 minutes");

        answer.getByTestId("cite-1").first().click();
        assertThat(page.getByTestId("passage-mark").first()).containsText("90 minutes");
        assertThat(page.getByTestId("passage-mark").first()).isInViewport();
        assertThat(page.getByTestId("open-original"))
                .hasAttribute("href", Pattern.compile("/api/documents/.+/original#page=3"));
        Page original = visit.context()
                .waitForPage(() -> page.getByTestId("open-original").click());
        original.close();
        visit.screenshot("passage", false);
        page.keyboard().press("Escape");

        answer.getByTestId("receipt").locator("summary").click();
        assertThat(answer.getByTestId("receipt-proof")).containsText("c2sp.org/tlog-proof@v1");
        assertThat(verified(running, answer)).isZero();
    }

    @Test
    void leansOnWhatWasAskedBeforeUntilItBeginsAfresh() {
        Locator conversation = page.getByTestId("conversation");
        assertThat(conversation).isHidden();
        assertThat(visit.ask("Where does the pharmacy keep antibiotics?"))
                .hasAttribute("data-outcome", Pattern.compile("answered|abstained"), outcomePatience());
        assertThat(conversation).isVisible();

        assertThat(visit.ask("And painkillers?").getByTestId("understood").first())
                .containsText(
                        "antibiotics", new LocatorAssertions.ContainsTextOptions().setTimeout(Visit.PATIENCE_MILLIS));

        page.getByTestId("afresh").click();
        assertThat(conversation).isHidden();
        assertThat(page.getByTestId("question")).isFocused();
        Locator alone = visit.ask("And painkillers?");
        assertThat(alone).hasAttribute("data-outcome", Pattern.compile("answered|abstained"), outcomePatience());
        assertThat(alone.getByTestId("understood")).hasCount(0);
    }

    @Test
    void saysThatTheDocumentsDoNotSayAndShowsTheNearest() {
        Locator answer = visit.ask("What does a dog licence cost a resident of Marrowby?");

        assertThat(answer).hasAttribute("data-outcome", "abstained", outcomePatience());
        assertThat(answer.getByTestId("nearest")).isVisible();
        assertThat(answer.getByTestId("receipt")).isVisible();
    }

    @Test
    void marksASourceThatIsInForceNoMoreAndFindsItOnRequestOnly(Running running) {
        RestClient tess = running.client();
        assertThat(tess.post("/api/collections", "{\"name\":\"page-in-force\"}").statusCode())
                .isEqualTo(201);
        String rita = tess.json("/api/people/named/rita").path("id").asText();
        assertThat(tess.call("PUT", "/api/collections/page-in-force/grants/read/" + rita)
                        .statusCode())
                .isEqualTo(204);
        String document = tess.upload(
                        "page-in-force",
                        "2021.txt",
                        "Visitors leave the ward at seven in the evening.".getBytes(StandardCharsets.UTF_8))
                .path("document")
                .asText();
        assertThat(tess.send(tess.request("/api/documents/" + document + "/details")
                                .header("Content-Type", "application/json")
                                .PUT(HttpRequest.BodyPublishers.ofString("{\"expiresOn\":\"2024-12-31\"}")))
                        .statusCode())
                .isEqualTo(200);
        page.reload();
        page.getByTestId("collection").selectOption("page-in-force");
        String question = "When do visitors leave the ward?";
        assertThat(visit.ask(question)).hasAttribute("data-outcome", "abstained", outcomePatience());

        page.getByTestId("which-documents").locator("summary").click();
        page.getByTestId("scope-past").check();
        Locator answer = visit.ask(question);
        assertThat(answer).hasAttribute("data-outcome", "answered", outcomePatience());
        assertThat(answer.getByTestId("standing").first()).containsText("Expired after");

        for (String hour : List.of("eight", "nine")) {
            tess.upload(
                    "page-in-force",
                    hour + ".txt",
                    "Visitors leave the ward at %s in the evening."
                            .formatted(hour)
                            .getBytes(StandardCharsets.UTF_8));
        }
        page.getByTestId("scope-past").uncheck();
        Locator disagreeing = visit.ask(question);
        assertThat(disagreeing).hasAttribute("data-outcome", "answered", outcomePatience());
        assertThat(disagreeing.getByTestId("conflict")).containsText("20:00");
        assertThat(disagreeing.getByTestId("conflict-sides").getByRole(AriaRole.LISTITEM))
                .hasCount(2);
    }

    @Test
    void uploadsWithProgressAndAnswersFromWhatWasUploaded() throws IOException {
        Path good = Files.writeString(
                scratch.resolve("bins.html"),
                "<html><body><h1>Bins</h1><p>The grey bins go out on Tuesday evening.</p></body></html>");
        Path empty = Files.createFile(scratch.resolve("empty.pdf"));
        page.getByTestId("view-documents").click();
        page.getByTestId("collection-name").fill("page-test");
        page.getByTestId("create-collection").click();
        assertThat(page.getByTestId("collection")).hasValue("page-test");
        page.getByTestId("file-input").setInputFiles(new Path[] {good, empty});

        assertThat(page.locator("[data-testid=upload][data-path='bins.html']"))
                .hasAttribute("data-state", "ready", outcomePatience());
        assertThat(page.locator("[data-testid=upload][data-path='empty.pdf']"))
                .hasAttribute("data-state", "failed", outcomePatience());
        assertThat(page.locator("[data-testid=upload][data-path='empty.pdf']")).containsText("empty");
        assertThat(page.getByTestId("document").first()).containsText("bins.html");
        visit.screenshot("uploads", false);

        page.getByTestId("view-ask").click();
        Locator answer = visit.ask("When do the grey bins go out?");
        assertThat(answer.getByTestId("answer-text"))
                .containsText(
                        "Tuesday evening",
                        new LocatorAssertions.ContainsTextOptions().setTimeout(Visit.PATIENCE_MILLIS));
    }

    @Test
    void signsOut() {
        page.getByTestId("sign-out").click();

        assertThat(page.getByTestId("sign-in-form")).isVisible();
        visit.expectComplaint();
    }

    private int verified(Running running, Locator answer) {
        Path proof = downloaded(answer.getByTestId("download-proof"));
        Path record = downloaded(answer.getByTestId("download-record"));
        return Verifier.run("verify-receipt", proof, "--record", record, "--key", Verifier.key(running.home()));
    }

    private Path downloaded(Locator link) {
        Download download = page.waitForDownload(link::click);
        Path file = scratch.resolve(download.suggestedFilename());
        download.saveAs(file);
        return file;
    }

    private static LocatorAssertions.HasAttributeOptions outcomePatience() {
        return new LocatorAssertions.HasAttributeOptions().setTimeout(Visit.PATIENCE_MILLIS);
    }
}

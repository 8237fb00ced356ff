package org.cartulary.appliance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cartulary.appliance.testing.SharedAppliance;
import org.cartulary.appliance.testing.SharedAppliance.Running;
import org.cartulary.appliance.testing.Staff;
import org.cartulary.appliance.testing.Verifier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real Chromium, against the whole appliance. Screenshots stay in {@code target/screenshots}. */
@ExtendWith(SharedAppliance.class)
class PageTest {
    private static final double PATIENCE_MILLIS = 60_000;
    private static Playwright playwright;
    private static Browser browser;

    @TempDir
    private Path scratch;

    private BrowserContext context;
    private Page page;
    private final List<String> requested = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    @BeforeAll
    static void openBrowser() {
        Optional<Path> chromium = chromium();
        Assumptions.assumeTrue(chromium.isPresent(), "Chromium is not installed; deploy/cartulary test installs it");
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium.orElseThrow())
                        .setArgs(List.of("--no-sandbox")));
    }

    /** Debian's, or whatever the path has. */
    private static Optional<Path> chromium() {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .flatMap(directory -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(Path.of(directory)::resolve))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @AfterAll
    static void closeBrowser() {
        if (playwright != null) {
            playwright.close();
        }
    }

    @BeforeEach
    void signIn(Running running) {
        context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(1280, 900)
                .setBaseURL(running.client().address()));
        page = context.newPage();
        page.setDefaultTimeout(PATIENCE_MILLIS);
        page.onRequest((Request request) -> requested.add(request.url()));
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.navigate("/");
        complaints.clear(); // Chromium notes the 401 under which the sign-in page comes
        page.getByTestId("name").fill("rita");
        page.getByTestId("password").fill(Staff.PASSWORD);
        page.getByTestId("sign-in").click();
        page.getByTestId("collection").selectOption("demo");
    }

    @AfterEach
    void leaveNothingBehind(Running running, TestInfo test) throws IOException {
        Path screenshots = Files.createDirectories(Path.of("target", "screenshots"));
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(screenshots.resolve(test.getTestMethod().orElseThrow().getName() + ".png"))
                .setFullPage(true));
        context.close();
        assertThat(requested)
                .as("requests to other hosts")
                .allMatch(url -> url.startsWith(running.client().address()) || url.startsWith("data:"));
        assertThat(complaints).as("errors in the browser's console").isEmpty();
    }

    @Test
    void asksOpensTheCitationAtItsPageAndShowsTheReceipt(Running running) throws IOException {
        Locator answer = ask("How long until the cleaner can go into a room without negative pressure?");
        assertThat(answer).hasAttribute("data-outcome", "answered", outcomePatience());
        assertThat(answer.getByTestId("answer-text")).containsText("90 minutes");

        answer.getByTestId("cite-1").first().click();
        assertThat(page.getByTestId("passage-mark").first()).containsText("90 minutes");
        assertThat(page.getByTestId("passage-mark").first()).isInViewport();
        assertThat(page.getByTestId("open-original"))
                .hasAttribute("href", Pattern.compile("/api/documents/.+/original#page=3"));
        Page original =
                context.waitForPage(() -> page.getByTestId("open-original").click());
        original.close();
        page.screenshot(new Page.ScreenshotOptions().setPath(screenshot("passage")));
        page.keyboard().press("Escape");

        answer.getByTestId("receipt").locator("summary").click();
        assertThat(answer.getByTestId("receipt-proof")).containsText("c2sp.org/tlog-proof@v1");
        assertThat(verified(running, answer)).isZero();
    }

    @Test
    void saysThatTheDocumentsDoNotSayAndShowsTheNearest() {
        Locator answer = ask("What does a dog licence cost a resident of Marrowby?");

        assertThat(answer).hasAttribute("data-outcome", "abstained", outcomePatience());
        assertThat(answer.getByTestId("nearest")).isVisible();
        assertThat(answer.getByTestId("receipt")).isVisible();
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
        page.screenshot(new Page.ScreenshotOptions().setPath(screenshot("uploads")));

        page.getByTestId("view-ask").click();
        Locator answer = ask("When do the grey bins go out?");
        assertThat(answer.getByTestId("answer-text"))
                .containsText(
                        "Tuesday evening", new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE_MILLIS));
    }

    @Test
    void signsOut() {
        page.getByTestId("sign-out").click();

        assertThat(page.getByTestId("sign-in-form")).isVisible();
        complaints.clear();
    }

    private Locator ask(String question) {
        page.getByTestId("question").fill(question);
        page.getByTestId("ask").click();
        return page.getByTestId("answer").first();
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
        return new LocatorAssertions.HasAttributeOptions().setTimeout(PATIENCE_MILLIS);
    }

    private static Path screenshot(String name) throws IOException {
        return Files.createDirectories(Path.of("target", "screenshots")).resolve(name + ".png");
    }
}

package org.cartulary.appliance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cartulary.appliance.testing.SharedAppliance.Running;
import org.cartulary.appliance.testing.Staff;

/**
 * One person's browser: a tab that shares nothing with those of others. Closing it proves that nothing was fetched from
 * elsewhere and that the browser had nothing to complain of. Screenshots stay in {@code target/screenshots}.
 */
final class Visit implements AutoCloseable {
    static final double PATIENCE_MILLIS = 60_000;

    private final String address;
    private final BrowserContext context;
    private final Page page;
    private final List<String> requested = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    Visit(Browser browser, Running running) {
        address = running.client().address();
        context = browser.newContext(
                new Browser.NewContextOptions().setViewportSize(1280, 900).setBaseURL(address));
        page = context.newPage();
        page.setDefaultTimeout(PATIENCE_MILLIS);
        // Playwright's own five seconds are too few on a machine that builds something else meanwhile.
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        page.onRequest(request -> requested.add(request.url()));
        page.onConsoleMessage(message -> {
            if (isComplaint(message)) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
    }

    /** Chromium says in a low voice what password managers and people would miss of a form. */
    private static boolean isComplaint(ConsoleMessage message) {
        return message.type().equals("error") || message.text().startsWith("[DOM]");
    }

    Page page() {
        return page;
    }

    BrowserContext context() {
        return context;
    }

    Locator part(String testId) {
        return page.getByTestId(testId);
    }

    /**
     * Signs in by the form.
     *
     * @param code empty for whoever has no second factor
     */
    void signIn(String name, String code) {
        page.navigate("/");
        part("name").fill(name);
        part("password").fill(Staff.PASSWORD);
        part("code").fill(code);
        part("sign-in").click();
        assertThat(part("principal")).hasText(name);
        expectComplaint(); // Chromium notes the 401 under which the sign-in page comes
    }

    /** Chromium notes every answer that is no success, such as the one that this step is about. */
    void expectComplaint() {
        complaints.clear();
    }

    Locator ask(String question) {
        part("question").fill(question);
        part("ask").click();
        return part("answer").first();
    }

    void screenshot(String name, boolean wholePage) {
        try {
            Path folder = Files.createDirectories(Path.of("target", "screenshots"));
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(folder.resolve(name + ".png"))
                    .setFullPage(wholePage));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        context.close();
        assertThat(requested)
                .as("requests to other hosts")
                .allMatch(url -> url.startsWith(address) || url.startsWith("data:"));
        assertThat(complaints).as("errors in the browser's console").isEmpty();
    }
}

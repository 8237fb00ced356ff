package org.cartulary.appliance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.cartulary.appliance.testing.SharedAppliance;
import org.cartulary.appliance.testing.SharedAppliance.Running;
import org.cartulary.appliance.testing.StoppedLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the page does in a real Chromium while the log cannot be written. */
@ExtendWith({SharedAppliance.class, Chromium.class})
class LibraryPageTest {
    private static final String QUESTION = "How long until the cleaner can go into a room without negative pressure?";

    @Test
    void searchesInsteadOfAnsweringUntilTheLogCanBeWrittenAgain(Running running, Browser browser) {
        try (Visit visit = new Visit(browser, running)) {
            visit.signIn("rita", "");
            visit.part("collection").selectOption("demo");
            assertThat(visit.part("log-notice")).isHidden();
            try (StoppedLog _ = StoppedLog.of(running)) {
                // The page may learn of it by the refusal only.
                assertThat(visit.ask(QUESTION)).hasAttribute("data-outcome", "searched");
                assertThat(visit.part("log-notice")).containsText("Documents can still be searched and opened");
                assertThat(visit.part("log-notice")).containsText("Tell your administrator: The log directory");
                Locator card = visit.ask(QUESTION);
                showsPassages(visit, card);
                opensPassageAndOriginal(visit, card);
                looksRightOnAPhone(visit);
            }
            assertThat(visit.part("log-notice")).isHidden();
            visit.part("answer").first().getByTestId("ask-again").click();
            assertThat(visit.part("answer").first())
                    .hasAttribute("data-outcome", Pattern.compile("answered|abstained"));
        }
    }

    private static void showsPassages(Visit visit, Locator card) {
        assertThat(card).hasAttribute("data-outcome", "searched");
        assertThat(card.getByTestId("outcome")).containsText("Not answered");
        assertThat(card.getByTestId("not-answered")).containsText("could not be recorded");
        assertThat(card.getByTestId("found-passages")
                        .getByRole(AriaRole.LISTITEM)
                        .first())
                .containsText("90 minutes");
        assertThat(card.getByTestId("receipt")).hasCount(0);
        visit.screenshot("library", true);
    }

    private static void opensPassageAndOriginal(Visit visit, Locator card) {
        card.getByTestId("cite-1").click();
        assertThat(visit.part("passage-mark").first()).containsText("90 minutes");
        assertThat(visit.part("passage-mark").first()).isInViewport();
        assertThat(visit.part("open-original")).hasAttribute("href", Pattern.compile("/api/documents/.+/original.*"));
        Page original =
                visit.context().waitForPage(() -> visit.part("open-original").click());
        original.close();
        visit.screenshot("library-passage", false);
        visit.page().keyboard().press("Escape");
    }

    private static void looksRightOnAPhone(Visit visit) {
        visit.page().setViewportSize(400, 900);
        visit.screenshot("library-narrow", true);
        visit.page().setViewportSize(1280, 900);
    }
}

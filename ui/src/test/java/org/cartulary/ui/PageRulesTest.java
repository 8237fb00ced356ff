package org.cartulary.ui;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PageRulesTest {
    private static final Path ASSETS = Path.of("src/main/resources/ui");

    @Test
    void holdsNoInlineScriptStyleOrHandler() throws IOException {
        Pattern inline = Pattern.compile("<style|\\sstyle=|\\son[a-z]+=|<script(?![^>]*\\ssrc=)|javascript:");
        for (Path page : assets(".html")) {
            assertThat(Files.readString(page, UTF_8)).as(page.toString()).doesNotContainPattern(inline);
        }
    }

    @Test
    void neverTurnsDataIntoMarkupOrCode() throws IOException {
        Pattern risky = Pattern.compile(
                "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\(|new Function|srcdoc|createContextualFragment");
        for (Path module : assets(".js")) {
            assertThat(Files.readString(module, UTF_8)).as(module.toString()).doesNotContainPattern(risky);
        }
    }

    @Test
    void fetchesNothingFromElsewhere() throws IOException {
        // The icon names the SVG namespace, which is a name and never fetched.
        Pattern elsewhere = Pattern.compile("(https?:)?//(?!www\\.w3\\.org/2000/svg)[a-z0-9.-]+\\.[a-z]{2,}");
        for (Path asset : assets("")) {
            assertThat(Files.readString(asset, UTF_8)).as(asset.toString()).doesNotContainPattern(elsewhere);
        }
    }

    @Test
    void leavesAPlaceForTheMessageOfAFailedSignIn() throws IOException {
        assertThat(Files.readString(ASSETS.resolve("sign-in.html"), UTF_8)).containsOnlyOnce("<!-- message -->");
    }

    @Test
    void leavesPlacesForWhomAnInvitationIsAndForItsSecret() throws IOException {
        assertThat(Files.readString(ASSETS.resolve("invitation.html"), UTF_8))
                .containsOnlyOnce("<!-- message -->")
                .containsOnlyOnce("value=\"<!-- token -->\"")
                .containsOnlyOnce("value=\"<!-- name -->\"");
    }

    @Test
    void keepsModulesSmall() throws IOException {
        for (Path module : assets(".js")) {
            assertThat(Files.readAllLines(module, UTF_8)).as(module.toString()).hasSizeLessThan(250);
        }
    }

    private static List<Path> assets(String ending) throws IOException {
        try (var files = Files.walk(ASSETS)) {
            var found = files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(ending))
                    .toList();
            assertThat(found).as("assets ending in '%s'", ending).isNotEmpty();
            return found;
        }
    }
}

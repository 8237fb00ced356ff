package org.cartulary.appliance.api;

import io.micronaut.http.HttpStatus;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cartulary.appliance.access.Refused;
import org.cartulary.appliance.asking.Question;
import org.cartulary.retrieval.search.SearchRequest;
import org.jspecify.annotations.Nullable;

/**
 * Where a page of hits begins. It says of the query no more than that it is the same, and grants nothing.
 *
 * @param offset passages on the pages before, 0 to 1,000
 * @param query a hash of what is searched for and where
 */
record SearchCursor(int offset, int query) {
    private static final Pattern FORM = Pattern.compile("s1:(\\d{1,4}):([0-9a-f]{8})");

    /**
     * The cursor of a request, or that of the first page.
     *
     * @throws Refused where it is none, or that of another query
     */
    static SearchCursor of(@Nullable String text, Question question) {
        int query = Objects.hash(
                question.text(),
                question.collection().id(),
                question.wishes().toString(),
                question.wording().toString());
        if (text == null) {
            return new SearchCursor(0, query);
        }
        Matcher matcher = FORM.matcher(decoded(text));
        if (matcher.matches()
                && matcher.group(2).equals(hex(query))
                && Integer.parseInt(matcher.group(1)) <= SearchRequest.MAX_LIMIT) {
            return new SearchCursor(Integer.parseInt(matcher.group(1)), query);
        }
        throw new Refused(
                HttpStatus.BAD_REQUEST,
                "This is no cursor of this query: take next from the page before, and ask the same.",
                "cursor",
                null);
    }

    SearchCursor behind(int hits) {
        return new SearchCursor(offset + hits, query);
    }

    String text() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("s1:" + offset + ":" + hex(query)).getBytes(StandardCharsets.US_ASCII));
    }

    private static String hex(int query) {
        return "%08x".formatted(query);
    }

    private static String decoded(String text) {
        try {
            return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}

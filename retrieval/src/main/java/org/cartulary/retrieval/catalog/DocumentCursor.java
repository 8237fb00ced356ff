package org.cartulary.retrieval.catalog;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/** Where a page of documents begins: behind this path and state. */
record DocumentCursor(String path, String state) {
    static final DocumentCursor START = new DocumentCursor("", "");

    static String after(Document document) {
        String text = document.state().name().toLowerCase(Locale.ROOT) + ":" + document.path();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static DocumentCursor parse(String cursor) {
        String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("\"" + cursor + "\" is not a cursor: take it from the page before");
        }
        return new DocumentCursor(text.substring(colon + 1), text.substring(0, colon));
    }
}

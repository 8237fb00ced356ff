package org.cartulary.appliance.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.cartulary.retrieval.catalog.Document;

/**
 * How an original leaves for a browser: only types that cannot run script in our origin are shown in place, all others are
 * offered as downloads; an uploaded HTML page must never act with a reader's session.
 */
final class OriginalType {
    /** No scripts, no requests. A sandbox directive would keep Chromium from showing PDFs. */
    static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; object-src 'self'; frame-ancestors 'self'";

    private static final Set<String> SHOWN =
            Set.of("application/pdf", "text/plain", "image/png", "image/jpeg", "image/gif", "image/webp");

    private OriginalType() {}

    static String of(Document document) {
        String type = document.mediaType().split(";", 2)[0].strip();
        return SHOWN.contains(type) ? type : "application/octet-stream";
    }

    static String disposition(Document document) {
        String kind = SHOWN.contains(of(document)) ? "inline" : "attachment";
        String name = document.path().substring(document.path().lastIndexOf('/') + 1);
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        return kind + "; filename*=UTF-8''" + encoded;
    }
}

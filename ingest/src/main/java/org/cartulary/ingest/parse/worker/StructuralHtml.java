package org.cartulary.ingest.parse.worker;

import java.util.Locale;
import java.util.Set;
import org.apache.tika.parser.html.DefaultHtmlMapper;
import org.jspecify.annotations.Nullable;

/** Tika's mapping of HTML, which drops {@code nav} and its like but keeps their text: here they stay, to be left out. */
final class StructuralHtml extends DefaultHtmlMapper {
    static final StructuralHtml INSTANCE = new StructuralHtml();
    private static final Set<String> KEPT = Set.of(
            "nav",
            "header",
            "footer",
            "main",
            "article",
            "section",
            "aside",
            "button",
            "select",
            "br",
            "figcaption",
            "caption");

    @Override
    public @Nullable String mapSafeElement(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return KEPT.contains(lower) ? lower : super.mapSafeElement(name);
    }
}

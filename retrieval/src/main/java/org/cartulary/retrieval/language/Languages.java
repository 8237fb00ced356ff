package org.cartulary.retrieval.language;

import java.util.Locale;
import java.util.regex.Pattern;

/** Names of languages, as ISO 639-1 has them. */
public final class Languages {
    /** Of the analysers and the embedder that the product comes with. */
    public static final String ENGLISH = "en";

    private static final Pattern CODE = Pattern.compile("[a-z]{2,3}");

    private Languages() {}

    /**
     * The language of a BCP 47 tag, however it is written: {@code de} of {@code de-AT}.
     *
     * @return {@code und} where the tag names none
     */
    public static String ofTag(String tag) {
        String first = tag.split("[-_]", 2)[0].toLowerCase(Locale.ROOT);
        return switch (first) {
            case "nb", "nn" -> "no";
            default -> CODE.matcher(first).matches() ? first : "und";
        };
    }

    /** Its name in English, or the code where it has none. */
    public static String name(String code) {
        return Locale.of(code).getDisplayLanguage(Locale.ENGLISH);
    }
}

package org.cartulary.retrieval.language;

import java.util.List;
import java.util.Optional;

/**
 * The languages of a document's passages: each by its own words where they are enough, else as the whole document is
 * written, else as its file says.
 */
public final class PassageLanguages {
    /** UTF-16 units that are looked at: in a passage, and at two places of a document. */
    private static final int OF_PASSAGE = 300;

    private static final int OF_DOCUMENT = 300;

    private PassageLanguages() {}

    /**
     * One for each passage, ISO 639-1.
     *
     * @param whole the document's text
     * @param stated BCP 47, as the file says; often wrong, since programs put it in by themselves
     */
    public static List<String> of(String whole, String stated, List<String> passages) {
        String document = LanguageDetection.of(sample(whole)).orElseGet(() -> stated(stated));
        if (passages.size() == 1) {
            return List.of(document);
        }
        return passages.stream()
                .map(passage ->
                        longEnough(passage).flatMap(LanguageDetection::of).orElse(document))
                .toList();
    }

    /** Where nothing is known at all, English is the best guess: short names and numbers lose nothing by it. */
    private static String stated(String tag) {
        String language = Languages.ofTag(tag);
        return language.equals("und") ? Languages.ENGLISH : language;
    }

    private static String sample(String whole) {
        if (whole.length() <= 2 * OF_DOCUMENT) {
            return whole;
        }
        int middle = whole.length() / 2;
        return whole.substring(0, OF_DOCUMENT) + "\n" + whole.substring(middle, middle + OF_DOCUMENT);
    }

    /** A line in another language in a document, a quotation say, is left to the document. */
    private static Optional<String> longEnough(String passage) {
        return passage.length() < OF_PASSAGE
                ? Optional.empty()
                : Optional.of(
                        passage.substring((passage.length() - OF_PASSAGE) / 2, (passage.length() + OF_PASSAGE) / 2));
    }
}

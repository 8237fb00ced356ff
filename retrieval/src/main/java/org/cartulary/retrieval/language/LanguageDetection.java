package org.cartulary.retrieval.language;

import com.github.pemistahl.lingua.api.Language;
import com.github.pemistahl.lingua.api.LanguageDetector;
import com.github.pemistahl.lingua.api.LanguageDetectorBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells the language of a text by its trigrams (lingua, in its form of low accuracy, which costs 20 MB and a millisecond) and
 * says nothing where it is not sure. Short texts of names and terms of art look like any language, so that they need function
 * words beside; English is doubted last. The module's README has the figures. Thread-safe.
 */
public final class LanguageDetection {
    /** Letters from which on trigrams alone are trusted. */
    private static final int LONG = 200;
    /** English may reach this share of the likeliest language's confidence, in long texts and in short ones. */
    private static final double ENGLISH_IN_LONG = 0.9;

    private static final double ENGLISH_IN_SHORT = 0.9;

    private LanguageDetection() {}

    /**
     * The language of a text.
     *
     * @param text the beginning of it is enough: some hundred letters
     * @return ISO 639-1; empty where that is not sure
     */
    public static Optional<String> of(String text) {
        long letters = text.codePoints().filter(Character::isLetter).count();
        if (letters == 0) {
            return Optional.empty();
        }
        Map<Language, Double> confidences = Detector.INSTANCE.computeLanguageConfidenceValues(text);
        if (confidences.isEmpty()) {
            return Optional.empty();
        }
        String likeliest = code(confidences.keySet().iterator().next());
        double english = confidences.getOrDefault(Language.ENGLISH, 0.0);
        boolean sure = likeliest.equals(Languages.ENGLISH)
                ? letters >= LONG || english(text)
                : letters >= LONG ? english <= ENGLISH_IN_LONG : isForeign(text, likeliest, english);
        return sure ? Optional.of(likeliest) : Optional.empty();
    }

    private static boolean isForeign(String text, String likeliest, double english) {
        return ofOtherScript(text)
                || (english <= ENGLISH_IN_SHORT && FunctionWords.surplus(words(text), likeliest) > 0);
    }

    private static boolean english(String text) {
        return words(text).stream().anyMatch(word -> FunctionWords.surplus(List.of(word), "") < 0);
    }

    /** Mostly letters that are not Latin. */
    private static boolean ofOtherScript(String text) {
        long latin = text.codePoints()
                .filter(Character::isLetter)
                .filter(letter -> Character.UnicodeScript.of(letter) == Character.UnicodeScript.LATIN)
                .count();
        return 2 * latin < text.codePoints().filter(Character::isLetter).count();
    }

    private static List<String> words(String text) {
        return Stream.of(text.toLowerCase(Locale.ROOT).split("[^\\p{L}]+", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static String code(Language language) {
        return Languages.ofTag(language.getIsoCode639_1().toString());
    }

    /** Models are read at first use, which takes about a second. */
    private static final class Detector {
        static final LanguageDetector INSTANCE = LanguageDetectorBuilder.fromLanguages(known())
                .withLowAccuracyMode()
                .build();

        private static Language[] known() {
            Map<String, Language> known = new HashMap<>();
            for (Language language : Language.values()) {
                known.put(language.getIsoCode639_1().toString(), language);
            }
            return Stream.of(
                            "ar", "bg", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi",
                            "hr", "hu", "it", "ja", "ko", "lt", "lv", "nb", "nl", "pl", "pt", "ro", "ru", "sk", "sl",
                            "sr", "sv", "th", "tr", "uk", "vi", "zh")
                    .map(known::get)
                    .toArray(Language[]::new);
        }
    }
}

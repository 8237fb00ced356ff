package org.cartulary.retrieval.language;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.WordlistLoader;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.ca.CatalanAnalyzer;
import org.apache.lucene.analysis.cz.CzechAnalyzer;
import org.apache.lucene.analysis.da.DanishAnalyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.et.EstonianAnalyzer;
import org.apache.lucene.analysis.fi.FinnishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.hu.HungarianAnalyzer;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.lt.LithuanianAnalyzer;
import org.apache.lucene.analysis.lv.LatvianAnalyzer;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.analysis.no.NorwegianAnalyzer;
import org.apache.lucene.analysis.pl.PolishAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseAnalyzer;
import org.apache.lucene.analysis.ro.RomanianAnalyzer;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.apache.lucene.analysis.sv.SwedishAnalyzer;
import org.apache.lucene.analysis.tr.TurkishAnalyzer;

/**
 * Words that hold sentences together, such as articles and pronouns: a few of them tell a language where names and terms
 * of art tell nothing. Lists are those of Snowball, as Lucene carries them.
 */
final class FunctionWords {
    /** Single letters stand in codes as often as in sentences. */
    private static final int SHORTEST = 2;

    private static final CharArraySet ENGLISH = english();

    private static final Map<String, CharArraySet> BY_LANGUAGE = Map.ofEntries(
            Map.entry(Languages.ENGLISH, ENGLISH),
            Map.entry("ca", CatalanAnalyzer.getDefaultStopSet()),
            Map.entry("cs", CzechAnalyzer.getDefaultStopSet()),
            Map.entry("da", DanishAnalyzer.getDefaultStopSet()),
            Map.entry("de", GermanAnalyzer.getDefaultStopSet()),
            Map.entry("es", SpanishAnalyzer.getDefaultStopSet()),
            Map.entry("et", EstonianAnalyzer.getDefaultStopSet()),
            Map.entry("fi", FinnishAnalyzer.getDefaultStopSet()),
            Map.entry("fr", FrenchAnalyzer.getDefaultStopSet()),
            Map.entry("hu", HungarianAnalyzer.getDefaultStopSet()),
            Map.entry("it", ItalianAnalyzer.getDefaultStopSet()),
            Map.entry("lt", LithuanianAnalyzer.getDefaultStopSet()),
            Map.entry("lv", LatvianAnalyzer.getDefaultStopSet()),
            Map.entry("nl", DutchAnalyzer.getDefaultStopSet()),
            Map.entry("no", NorwegianAnalyzer.getDefaultStopSet()),
            Map.entry("pl", PolishAnalyzer.getDefaultStopSet()),
            Map.entry("pt", PortugueseAnalyzer.getDefaultStopSet()),
            Map.entry("ro", RomanianAnalyzer.getDefaultStopSet()),
            Map.entry("sv", SwedishAnalyzer.getDefaultStopSet()),
            Map.entry("tr", TurkishAnalyzer.getDefaultStopSet()),
            Map.entry("ar", ArabicAnalyzer.getDefaultStopSet()));

    private FunctionWords() {}

    /**
     * How much more a language's own function words tell than English ones do; words of both count for neither.
     *
     * @param words in lower case
     * @return their number less that of English ones
     */
    static int surplus(Iterable<String> words, String language) {
        CharArraySet own = BY_LANGUAGE.getOrDefault(language, CharArraySet.EMPTY_SET);
        int surplus = 0;
        for (String word : words) {
            if (word.length() < SHORTEST) {
                continue;
            }
            boolean english = ENGLISH.contains(word);
            boolean foreign = own.contains(word);
            surplus += (foreign && !english ? 1 : 0) - (english && !foreign ? 1 : 0);
        }
        return surplus;
    }

    private static CharArraySet english() {
        try (Reader list = new InputStreamReader(
                SnowballFilter.class.getResourceAsStream("english_stop.txt"), StandardCharsets.UTF_8)) {
            return WordlistLoader.getSnowballWordSet(list);
        } catch (IOException e) {
            throw new UncheckedIOException("Lucene's list of English words cannot be read", e);
        }
    }
}

package org.cartulary.retrieval.lexical;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What documents are called, and what a question may call one: runs of terms for titles, with and without years, and whole
 * file names. A run of a question is a name only where it says that it is a document's, such as a policy's, or is written with
 * capitals: many titles are plain words that a question may hold by chance. Terms are the English ones, whatever the language:
 * they only need to be the same on both sides.
 */
public final class DocumentNames {
    private static final int LONGEST = 10;
    private static final int MOST_TERMS = 100;
    private static final String FILE = "file:";

    private static final Pattern YEAR = Pattern.compile("(?:19|20)\\d{2}");
    private static final Pattern FILE_NAME = Pattern.compile(
            "(?i)[\\p{L}\\d][\\p{L}\\d_./()-]*\\.(?:pdf|docx?|xlsx?|pptx?|od[tsp]|txt|md|html?|csv|rtf|eml|msg|xml|json)(?![\\p{L}\\d])");

    /** What documents are, as the analyser leaves it. */
    private static final Set<String> KINDS = Set.of(
            "agreement",
            "charter",
            "checklist",
            "contract",
            "guid",
            "guidelin",
            "handbook",
            "leaflet",
            "manual",
            "memorandum",
            "ordin",
            "plan",
            "polici",
            "procedur",
            "protocol",
            "regul",
            "report",
            "rule",
            "sop",
            "standard",
            "statut");

    /** The same at the end of German words. */
    private static final Pattern KIND =
            Pattern.compile(".*(?:anweisung|bericht|blatt|buch|gesetz|konzept|leitfaden|linie?|ordnung|"
                    + "plan|protokoll|satzung|vereinbarung|vertrag)");

    private DocumentNames() {}

    /** All that a document may be called by. */
    static SortedSet<String> of(String title, String path) {
        String file = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        SortedSet<String> names = new TreeSet<>(List.of(FILE + file, FILE + path.toLowerCase(Locale.ROOT)));
        addRuns(names, title);
        addRuns(names, file.replaceFirst("\\.[\\p{L}\\d]{1,5}$", ""));
        return names;
    }

    /** Whatever a question may mean by its words, the longest first; file names before all. */
    public static List<String> in(String question) {
        List<String> names = new ArrayList<>();
        Matcher file = FILE_NAME.matcher(question);
        while (file.find()) {
            names.add(FILE + file.group().toLowerCase(Locale.ROOT));
        }
        List<Word> words = words(question);
        for (int length = Math.min(LONGEST, words.size()); length >= 1; length--) {
            for (int from = 0; from + length <= words.size(); from++) {
                List<Word> run = words.subList(from, from + length);
                if (isName(run)) {
                    names.add(String.join(" ", run.stream().map(Word::term).toList()));
                }
            }
        }
        return names;
    }

    /** Whether the question must mean it: a file name is nothing else. */
    public static boolean isFile(String name) {
        return name.startsWith(FILE);
    }

    /** The longest name by which a document is called in a question, or empty. */
    public static String called(List<String> inQuestion, String title, String path) {
        Set<String> own = of(title, path);
        return inQuestion.stream().filter(own::contains).findFirst().orElse("");
    }

    /** A name that a question calls a document by, without the years in it; a name that is a year and nothing else stays. */
    public static String withoutYears(String name) {
        String without = Stream.of(name.split(" ", -1))
                .filter(term -> !YEAR.matcher(term).matches())
                .collect(Collectors.joining(" "));
        return without.isEmpty() ? name : without;
    }

    /** The years in a text, 1900 to 2099. */
    public static SortedSet<Integer> years(String text) {
        SortedSet<Integer> years = new TreeSet<>();
        Matcher year =
                Pattern.compile("(?<![\\d.,])" + YEAR + "(?![\\d]|[.,]\\d)").matcher(text.replace('_', ' '));
        while (year.find()) {
            years.add(Integer.valueOf(year.group()));
        }
        return years;
    }

    private record Word(String term, boolean capital) {}

    private static boolean isName(List<Word> run) {
        return run.stream().anyMatch(word -> isKind(word.term(), run.size()))
                || (run.size() > 1 && run.stream().allMatch(Word::capital));
    }

    /** A kind alone names no document, but a German word that ends with one may. */
    private static boolean isKind(String term, int ofTerms) {
        return (ofTerms > 1 && KINDS.contains(term))
                || (term.length() > 9 && KIND.matcher(term).matches());
    }

    private static void addRuns(SortedSet<String> names, String name) {
        List<String> terms = words(name).stream().map(Word::term).toList();
        List<String> withoutYear =
                terms.stream().filter(term -> !YEAR.matcher(term).matches()).toList();
        for (List<String> run : List.of(terms, withoutYear)) {
            if (!run.isEmpty() && run.size() <= LONGEST) {
                names.add(String.join(" ", run));
            }
        }
    }

    /** Joined words are parted: {@code hygiene-plan_2024}. */
    private static List<Word> words(String text) {
        String parted = text.replaceAll("[_./-]", " ");
        return Analysis.termsAt(parted).stream()
                .limit(MOST_TERMS)
                .map(at -> new Word(at.term(), !Character.isLowerCase(parted.codePointAt(at.start()))))
                .toList();
    }
}

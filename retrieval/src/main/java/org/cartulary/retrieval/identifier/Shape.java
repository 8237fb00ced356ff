package org.cartulary.retrieval.identifier;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cartulary.retrieval.identifier.Identifier.Kind;

/**
 * How a kind of identifier looks, and its one spelling.
 *
 * @param spelling of a match, as {@link Identifier#levels} has it; empty where it is none after all
 */
record Shape(Kind kind, Pattern pattern, Function<Matcher, List<String>> spelling) {
    private static final String SUBS =
            "((?:\\s*\\(\\s*\\w{1,4}\\s*\\)|\\s*,?\\s*(?:Abs\\.?|Absatz|para\\.?|paragraph|Satz|S\\.|"
                    + "Nr\\.|No\\.|Nummer|lit\\.|Buchst\\.|Buchstabe)\\s*(?:\\d{1,3}[a-z]?|[a-z])(?![\\p{L}\\d]))*)";
    private static final Pattern SUB =
            Pattern.compile("(?:\\(\\s*(\\w{1,4})\\s*\\))|(?:[\\p{L}.]+\\s*(\\d{1,3}[a-z]?|[a-z])(?!\\w))");
    private static final Pattern YEAR = Pattern.compile("(?:19|20)\\d{2}");

    static final List<Shape> ALL = List.of(
            of(Kind.PARAGRAPH, "(?:§{1,2}|\\bparagraphs?\\b|\\bpara\\.)\\s*(\\d{1,4}[a-z]?)" + SUBS, Shape::subdivided),
            of(Kind.ARTICLE, "\\b(?:Art\\.|Artikel|Articles?)\\s*(\\d{1,4}[a-z]?)" + SUBS, Shape::subdivided),
            of(
                    Kind.SECTION,
                    "\\b(?:Sections?|Sec\\.|Sect\\.|Abschnitt|Ziffer|Ziff\\.|Kapitel|Kap\\.|Chapter|Clause)\\s*"
                            + "(\\d{1,3}(?:\\.\\d{1,3})*)(?![\\d-])",
                    match -> dotted(Kind.SECTION, match.group(1))),
            of(Kind.PZN, "\\bPZN[\\s:-]*(\\d{7,8})\\b", match -> whole(Kind.PZN, match.group(1))),
            of(Kind.NDC, "(?<![\\d-])\\d{4,5}-\\d{3,4}-\\d{1,2}(?![\\d-])", match -> whole(Kind.NDC, match.group())),
            exactly(
                    Kind.FILE_NUMBER,
                    "(?<![\\p{L}\\d])(?:\\d{1,4}|[IVX]{1,5})\\s+[A-Z][A-Za-z]{0,4}\\s+\\d{1,6}/\\d{2,4}(?!\\d)",
                    match -> whole(Kind.FILE_NUMBER, match.group())),
            exactly(
                    Kind.FILE_NUMBER,
                    "(?<![\\p{L}\\d-])(?:19|20)\\d{2}-(?:\\d{3,6}(?:-[A-Z0-9]{1,6})*|\\d{2,6}-[A-Z]{1,3})(?![\\p{L}\\d-])",
                    match -> ofYears(match.group()) ? List.of() : whole(Kind.FILE_NUMBER, match.group())),
            exactly(
                    Kind.FILE_NUMBER,
                    "(?<![\\p{L}\\d/])\\d{3,6}/(?:19|20)\\d{2}(?![\\d/])",
                    match -> ofYears(match.group()) ? List.of() : whole(Kind.FILE_NUMBER, match.group())),
            of(
                    Kind.ATC,
                    "\\b([A-DGHJL-NPRSV]\\d{2}[A-Z]{2})(\\d{2})\\b",
                    match -> both(Kind.ATC, match.group(), match.group(1))),
            exactly(
                    Kind.ICD,
                    "(?<![\\p{L}\\d.])([A-TV-Z]\\d{2})\\.\\d{1,2}[A-Z]?(?![\\p{L}\\d])",
                    match -> both(Kind.ICD, match.group(), match.group(1))),
            of(
                    Kind.PHONE,
                    "(?:\\b(?:Tel\\.?|Telefon|Telephone|Phone|Durchwahl|Extension|Ext\\.|Fax|Pager|Bleep)\\s*:?\\s*|(?=\\+\\d))"
                            + "(\\+?\\(?\\d[\\d \\u00a0/().-]{1,18}\\d)",
                    match -> whole(Kind.PHONE, match.group(1).replaceAll("\\D", ""))),
            of(
                    Kind.ROOM,
                    "\\b(?:Room|Rm\\.|Raum|Zimmer|Zi\\.)\\s+([A-Z]{0,2}[-.]?\\d[\\p{L}\\d]*(?:[.\\-/][\\p{L}\\d]+)*)",
                    match -> whole(Kind.ROOM, match.group(1))),
            of(
                    Kind.VERSION,
                    "\\b(?:v|version|ver\\.)\\s*(\\d{1,4}(?:\\.\\d{1,4})+)\\b",
                    match -> whole(Kind.VERSION, match.group(1))),
            exactly(
                    Kind.CODE,
                    "(?<![\\p{L}\\d-])[A-Z][A-Z0-9]*(?:[-_/][A-Z0-9]+)*[-_/]\\d{2,}(?:[-_/][A-Z0-9]+)*(?![\\p{L}\\d])",
                    match -> digits(match.group()) < 3 ? List.of() : whole(Kind.CODE, match.group())));

    private static Shape of(Kind kind, String pattern, Function<Matcher, List<String>> spelling) {
        return new Shape(kind, Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE), spelling);
    }

    /** Where capitals are part of the shape: {@code 10 mg 120/80} is no file number. */
    private static Shape exactly(Kind kind, String pattern, Function<Matcher, List<String>> spelling) {
        return new Shape(kind, Pattern.compile(pattern), spelling);
    }

    List<String> levels(Matcher match) {
        return spelling.apply(match);
    }

    private static List<String> whole(Kind kind, String value) {
        return List.of(spelled(kind, value));
    }

    private static List<String> both(Kind kind, String value, String group) {
        return List.of(spelled(kind, value), spelled(kind, group));
    }

    /** {@code 4.2.1} is part of {@code 4.2}, which is part of {@code 4}. */
    static List<String> dotted(Kind kind, String number) {
        List<String> levels = new ArrayList<>();
        for (String level = number; ; level = level.substring(0, level.lastIndexOf('.'))) {
            levels.add(spelled(kind, level));
            if (level.indexOf('.') < 0) {
                return levels;
            }
        }
    }

    /** {@code Art. 6 Abs. 1 lit. f} and {@code Article 6(1)(f)} are the same. */
    private static List<String> subdivided(Matcher match) {
        Kind kind = match.group().toLowerCase(Locale.ROOT).startsWith("art") ? Kind.ARTICLE : Kind.PARAGRAPH;
        List<String> levels = new ArrayList<>();
        String level = spelled(kind, match.group(1));
        levels.add(level);
        Matcher sub = SUB.matcher(match.group(2));
        while (sub.find()) {
            level += "/" + (sub.group(1) == null ? sub.group(2) : sub.group(1)).toLowerCase(Locale.ROOT);
            levels.add(level);
        }
        Collections.reverse(levels);
        return levels;
    }

    private static String spelled(Kind kind, String value) {
        return kind.name().toLowerCase(Locale.ROOT) + ":"
                + value.replaceAll("\\s+", "").toLowerCase(Locale.ROOT);
    }

    /** {@code 1998-2003} is a time, and so is {@code 2023/2024}. */
    private static boolean ofYears(String value) {
        for (String part : value.split("[-/]", -1)) {
            if (!YEAR.matcher(part).matches()) {
                return false;
            }
        }
        return true;
    }

    private static long digits(String value) {
        return value.chars().filter(Character::isDigit).count();
    }
}

package org.cartulary.ingest.structure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cartulary.ingest.structure.XhtmlBlocks.RawBlock;
import org.cartulary.ingest.text.NormalisedText;

/** Repairs what PDF does not say: which lines are one paragraph, which are headings, which are page furniture. */
final class PdfBlocks {
    private static final int TEXT_CHARACTERS = 60;
    private static final int WRAPPED_CHARACTERS = 40;
    /** A line that is shorter than this part of the widest of its page ends because it is at its end. */
    private static final double ENDS_EARLY = 0.75;

    private static final int LEAST_ROWS = 3;

    private static final Pattern BULLET = Pattern.compile("^([•▪◦‣●○■□–\\uF0B7*-]|\\(?[a-z\\d]{1,2}[.)])\\s+.*");
    private static final Pattern SENTENCE_END = Pattern.compile("[.!?][\"”’)]*(?=\\s)");
    private static final Pattern FIGURE = Pattern.compile(".*\\d.*");
    private static final Pattern OPEN_END = Pattern.compile(".*[\\p{L}\\p{N}%)\u20AC$\u00A3]$");
    private static final Pattern BEGINS_ANEW = Pattern.compile("^[\\p{Lu}\\p{N}].*");
    private static final Pattern UNFINISHED = Pattern.compile(".*[\\p{L}\\p{N},;-]$");

    private final HeadingRules headings = new HeadingRules();
    private final Map<Integer, List<List<String>>> pages = new LinkedHashMap<>();
    private final Map<Integer, List<Block>> asides = new LinkedHashMap<>();
    private final List<Block> done = new ArrayList<>();
    private int widest;

    static List<Block> of(List<RawBlock> raw) {
        PdfBlocks pdf = new PdfBlocks();
        raw.forEach(pdf::take);
        return pdf.blocks();
    }

    private void take(RawBlock raw) {
        Block block = raw.block();
        if (raw.bookmark()) {
            headings.addBookmark(block.text(), block.level());
        } else if (block.kind() == Block.Kind.PARAGRAPH && block.page() != null) {
            List<String> lines = block.text()
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            pages.computeIfAbsent(block.page(), page -> new ArrayList<>()).add(lines);
        } else if (!isEmptyField(block.text())) {
            asides.computeIfAbsent(block.page() == null ? 0 : block.page(), page -> new ArrayList<>())
                    .add(block.withText(NormalisedText.of(block.text())));
        }
    }

    /** Form fields come as "name: value"; those not filled in say nothing. */
    private static boolean isEmptyField(String text) {
        return text.strip().matches("(?s).*: *(Off|\\[])?");
    }

    private List<Block> blocks() {
        List<List<String>> lines = pages.values().stream()
                .map(page -> page.stream().flatMap(List::stream).toList())
                .toList();
        RepeatedLines repeated = RepeatedLines.in(lines);
        LineJoiner joiner = new LineJoiner(lines.stream().flatMap(List::stream).toList());
        pages.forEach((page, paragraphs) -> {
            addPage(page, without(paragraphs, repeated), joiner);
            done.addAll(asides.getOrDefault(page, List.of()));
        });
        asides.forEach((page, blocks) -> {
            if (!pages.containsKey(page)) {
                done.addAll(blocks);
            }
        });
        return done.stream().filter(block -> !block.text().isBlank()).toList();
    }

    private static List<List<String>> without(List<List<String>> paragraphs, RepeatedLines repeated) {
        Set<Integer> dropped =
                repeated.toDrop(paragraphs.stream().flatMap(List::stream).toList());
        List<List<String>> kept = new ArrayList<>();
        int index = 0;
        for (List<String> paragraph : paragraphs) {
            List<String> lines = new ArrayList<>();
            for (String line : paragraph) {
                if (!dropped.contains(index++)) {
                    lines.add(line);
                }
            }
            kept.add(lines);
        }
        return kept.stream().filter(lines -> !lines.isEmpty()).toList();
    }

    private void addPage(int page, List<List<String>> paragraphs, LineJoiner joiner) {
        widest = paragraphs.stream()
                .flatMap(List::stream)
                .mapToInt(String::length)
                .max()
                .orElse(0);
        for (int i = 0; i < paragraphs.size(); i++) {
            List<String> lines = paragraphs.get(i);
            boolean beforeText = i + 1 < paragraphs.size() && length(paragraphs.get(i + 1)) >= TEXT_CHARACTERS;
            addParagraph(page, lines, beforeText, joiner);
        }
    }

    private static int length(List<String> lines) {
        return lines.stream().mapToInt(String::length).sum();
    }

    private void addParagraph(int page, List<String> lines, boolean beforeText, LineJoiner joiner) {
        Optional<Integer> whole = lines.size() == 1 || (lines.size() == 2 && isWrapped(lines.getFirst()))
                ? headings.level(NormalisedText.of(joiner.join(lines)), beforeText)
                : Optional.empty();
        if (whole.isPresent()) {
            done.add(Block.heading(whole.get(), NormalisedText.of(joiner.join(lines)), page));
            return;
        }
        Optional<Integer> first =
                lines.size() > 1 ? headings.certainLevel(NormalisedText.of(lines.getFirst())) : Optional.empty();
        first.ifPresent(level -> done.add(Block.heading(level, NormalisedText.of(lines.getFirst()), page)));
        addText(page, first.isPresent() ? lines.subList(1, lines.size()) : lines, joiner);
    }

    /** A heading goes on in a second line only where its first is full; else the second is the head of a table. */
    private static boolean isWrapped(String line) {
        return line.length() >= WRAPPED_CHARACTERS;
    }

    /** Splits at bullets and between rows, joins the rest, and takes up the paragraph before where a column or a float cut it. */
    private void addText(int page, List<String> lines, LineJoiner joiner) {
        int rows = leadingRows(lines);
        List<String> group = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            boolean afterRow = i > 0 && (i <= rows || endsEarly(lines.get(i - 1))) && isRow(lines.get(i - 1), line);
            if (!group.isEmpty() && (afterRow || BULLET.matcher(line).matches())) {
                addGroup(page, group, joiner);
                group.clear();
            }
            group.add(line);
        }
        addGroup(page, group, joiner);
    }

    /** Lines of wrapped text begin in lower case or end with a stop sooner or later; rows of a table do neither. */
    private static int leadingRows(List<String> lines) {
        int rows = 0;
        int figures = 0;
        while (rows < lines.size()
                && BEGINS_ANEW.matcher(lines.get(rows)).matches()
                && OPEN_END.matcher(lines.get(rows)).matches()) {
            figures += FIGURE.matcher(lines.get(rows)).matches() ? 1 : 0;
            rows++;
        }
        return rows >= LEAST_ROWS && figures >= 2 ? rows : 0;
    }

    private boolean endsEarly(String line) {
        return line.length() < ENDS_EARLY * widest && FIGURE.matcher(line).matches();
    }

    /** Whether a line may be a row by itself, and the next another, or what stands below the table. */
    private static boolean isRow(String line, String next) {
        return OPEN_END.matcher(line).matches() && BEGINS_ANEW.matcher(next).matches();
    }

    private void addGroup(int page, List<String> group, LineJoiner joiner) {
        String text = NormalisedText.of(joiner.join(group));
        if (text.isEmpty()) {
            return;
        }
        Block last = done.isEmpty() ? null : done.getLast();
        int sentenceEnd = last != null && continues(last, page - 1, text) ? sentenceEnd(text) : 0;
        if (last != null && sentenceEnd > 0) {
            done.set(done.size() - 1, joined(last, text.substring(0, sentenceEnd), joiner));
            text = text.substring(sentenceEnd).strip();
        }
        if (text.isEmpty()) {
            return;
        }
        if (BULLET.matcher(text).matches()) {
            done.add(Block.listItem(text, page));
        } else if (last != null && continues(last, page, text)) {
            done.set(done.size() - 1, joined(last, text, joiner));
        } else {
            done.add(Block.paragraph(text, page));
        }
    }

    private static Block joined(Block last, String text, LineJoiner joiner) {
        return last.withText(NormalisedText.of(joiner.join(List.of(last.text(), text))));
    }

    /** A sentence that runs over the page's end belongs whole to the page where it begins. */
    private static int sentenceEnd(String text) {
        Matcher end = SENTENCE_END.matcher(text);
        return end.find() ? end.end() : text.length();
    }

    private static boolean continues(Block last, int page, String text) {
        return !last.isHeading()
                && last.page() != null
                && last.page() == page
                && Character.isLowerCase(text.codePointAt(0))
                && UNFINISHED.matcher(last.text()).matches();
    }
}

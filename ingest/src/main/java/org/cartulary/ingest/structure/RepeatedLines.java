package org.cartulary.ingest.structure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.cartulary.ingest.text.NormalisedText;

/**
 * Finds headers and footers: lines at the top or bottom of pages that come back on many pages, digits aside. The first of
 * each kind stays, because it often holds what the document is (number, version, date of review); page numbers go.
 */
final class RepeatedLines {
    private static final int EDGE_LINES = 3;
    private static final int LEAST_PAGES = 3;
    private static final double LEAST_SHARE = 0.3;
    private static final Pattern PAGE_NUMBER = Pattern.compile(
            "(?i)[-–—\\s|]*(page|seite|pag\\.?|p\\.)?\\s*(\\d{1,4}|[ivxlc]{1,7})(\\s*(of|/|von|de)\\s*\\d{1,4})?[-–—\\s|.]*");

    private final Set<String> repeated;
    private final Set<String> kept = new HashSet<>();

    private RepeatedLines(Set<String> repeated) {
        this.repeated = repeated;
    }

    /** @param pages each a list of lines in reading order */
    static RepeatedLines in(List<List<String>> pages) {
        Map<String, Integer> seen = new HashMap<>();
        for (List<String> page : pages) {
            Set<String> keys = new HashSet<>();
            edges(page).forEach(index -> keys.add(key(page.get(index))));
            keys.forEach(key -> seen.merge(key, 1, Integer::sum));
        }
        int least = (int) Math.max(LEAST_PAGES, Math.ceil(pages.size() * LEAST_SHARE));
        Set<String> repeated = new HashSet<>();
        seen.forEach((key, count) -> {
            if (count >= least) {
                repeated.add(key);
            }
        });
        return new RepeatedLines(repeated);
    }

    /** The indexes of a page's lines that go. Pages must be given in order. */
    Set<Integer> toDrop(List<String> page) {
        Set<Integer> dropped = new HashSet<>();
        for (int index : edges(page)) {
            String line = page.get(index);
            boolean outermost = index == 0 || index == page.size() - 1;
            if (outermost && PAGE_NUMBER.matcher(line.strip()).matches()) {
                dropped.add(index);
            } else if (repeated.contains(key(line)) && !isFirst(line)) {
                dropped.add(index);
            }
        }
        return dropped;
    }

    private boolean isFirst(String line) {
        boolean says = line.chars().filter(Character::isLetter).count() >= 4
                && !PAGE_NUMBER.matcher(line.strip()).matches();
        return says && kept.add(key(line));
    }

    private static List<Integer> edges(List<String> page) {
        List<Integer> edges = new ArrayList<>();
        for (int i = 0; i < page.size(); i++) {
            if (i < EDGE_LINES || i >= page.size() - EDGE_LINES) {
                edges.add(i);
            }
        }
        return edges;
    }

    private static String key(String line) {
        return NormalisedText.of(line).toLowerCase(Locale.ROOT).replaceAll("\\d+", "#");
    }
}

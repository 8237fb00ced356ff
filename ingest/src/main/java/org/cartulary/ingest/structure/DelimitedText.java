package org.cartulary.ingest.structure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cartulary.ingest.text.NormalisedText;

/**
 * Comma, semicolon or tab separated values (RFC 4180 with its usual liberties) that Tika left as text, because its
 * sniffer wants more rows of one width.
 */
final class DelimitedText {
    private static final char[] DELIMITERS = {',', ';', '\t', '|'};
    private final String text;
    private final char delimiter;
    private int at;

    private DelimitedText(String text, char delimiter) {
        this.text = text;
        this.delimiter = delimiter;
    }

    /** The rows, where the media type says that there are some. */
    static Optional<List<Block>> blocks(String mediaType, String text) {
        boolean table = mediaType.equals("text/csv")
                || mediaType.equals("text/tsv")
                || mediaType.equals("text/tab-separated-values");
        return table ? Optional.of(new DelimitedText(text.strip(), delimiter(text)).rows()) : Optional.empty();
    }

    /** The delimiter that the first lines hold most of. */
    private static char delimiter(String text) {
        String head = text.substring(0, Math.min(text.length(), 4000));
        char best = DELIMITERS[0];
        long most = 0;
        for (char candidate : DELIMITERS) {
            long count = head.chars().filter(c -> c == candidate).count();
            if (count > most) {
                best = candidate;
                most = count;
            }
        }
        return best;
    }

    private List<Block> rows() {
        Table table = new Table();
        while (at < text.length()) {
            table.startRow();
            row().forEach(cell -> {
                table.startCell();
                table.append(cell);
            });
        }
        return table.blocks(null).stream()
                .map(block -> block.withText(NormalisedText.of(block.text())))
                .filter(block -> !block.text().isEmpty())
                .toList();
    }

    private List<String> row() {
        List<String> cells = new ArrayList<>();
        boolean more = true;
        while (more) {
            cells.add(at < text.length() && text.charAt(at) == '"' ? quoted() : plain());
            more = at < text.length() && text.charAt(at) == delimiter;
            at++;
        }
        return cells;
    }

    private String plain() {
        int start = at;
        while (at < text.length() && text.charAt(at) != delimiter && text.charAt(at) != '\n') {
            at++;
        }
        return text.substring(start, at);
    }

    private String quoted() {
        StringBuilder cell = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            boolean doubled = c == '"' && at < text.length() && text.charAt(at) == '"';
            if (c == '"' && !doubled) {
                break;
            }
            cell.append(c);
            at += doubled ? 1 : 0;
        }
        return cell.append(plain()).toString();
    }
}

package org.cartulary.appliance.cli;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.cartulary.appliance.carried.QrSymbol;

/** QR codes (ISO/IEC 18004) on a terminal, or in an SVG file; dark on light everywhere, as scanners want it. */
final class CodeDrawing {
    /** Light modules all around, without which scanners do not find a code. */
    private static final int BORDER = 4;

    private static final int CAPTION = 8;
    private static final int USUAL_COLUMNS = 80;
    private static final Pattern DARK = Pattern.compile("1+");

    private CodeDrawing() {}

    /** Prints codes, with their numbers where there are several; says so where a usual window is too narrow. */
    static void onTerminal(List<String> texts) {
        int columns = 0;
        for (int i = 0; i < texts.size(); i++) {
            if (texts.size() > 1) {
                Terminal.line("Code " + (i + 1) + " of " + texts.size() + ": scan all, in any order");
            }
            lines(texts.get(i)).forEach(Terminal::line);
            columns = Math.max(columns, columns(texts.get(i)));
        }
        if (columns > USUAL_COLUMNS) {
            Terminal.remark("This needs a window of " + columns + " columns. In a narrower one draw it in a file"
                    + " (--qr=FILE.svg), or as more and smaller codes (--per-code 300).");
        }
    }

    private static int columns(String text) {
        return QrSymbol.dense(text).size() + 2 * BORDER;
    }

    /** Two rows of modules a line. */
    static List<String> lines(String text) {
        List<String> rows = QrSymbol.dense(text);
        int end = rows.size() + BORDER;
        return IntStream.iterate(-BORDER, y -> y < end, y -> y + 2)
                .mapToObj(y -> IntStream.range(-BORDER, end)
                        .mapToObj(x -> sign(isDark(rows, x, y), isDark(rows, x, y + 1)))
                        .collect(Collectors.joining("", "\u001b[30;107m", "\u001b[0m")))
                .toList();
    }

    private static boolean isDark(List<String> rows, int x, int y) {
        return x >= 0
                && y >= 0
                && x < rows.size()
                && y < rows.size()
                && rows.get(y).charAt(x) == '1';
    }

    private static String sign(boolean upper, boolean lower) {
        return upper ? (lower ? "\u2588" : "\u2580") : (lower ? "\u2584" : " ");
    }

    /** All codes below each other, each with its number above where there are several. */
    static String svg(List<String> texts) {
        int width = texts.stream().mapToInt(CodeDrawing::columns).max().orElse(0);
        StringBuilder drawn = new StringBuilder();
        int top = 0;
        for (int i = 0; i < texts.size(); i++) {
            if (texts.size() > 1) {
                drawn.append("<text x=\"%d\" y=\"%d\" font-family=\"sans-serif\" font-size=\"5\">%d / %d</text>\n"
                        .formatted(BORDER, top + CAPTION - 2, i + 1, texts.size()));
                top += CAPTION;
            }
            List<String> rows = QrSymbol.dense(texts.get(i));
            drawn.append("<path d=\"").append(path(rows, top + BORDER)).append("\"/>\n");
            top += rows.size() + 2 * BORDER;
        }
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%3$d" height="%4$d" shape-rendering="crispEdges">
                <rect width="%1$d" height="%2$d" fill="#fff"/>
                %5$s</svg>
                """.formatted(width, top, 4 * width, 4 * top, drawn);
    }

    /** Each run of dark modules a rectangle. */
    private static String path(List<String> rows, int top) {
        return IntStream.range(0, rows.size())
                .boxed()
                .flatMap(y -> DARK.matcher(rows.get(y)).results().map(run -> rectangle(run, y + top)))
                .collect(Collectors.joining());
    }

    private static String rectangle(MatchResult run, int y) {
        int length = run.end() - run.start();
        return "M" + (run.start() + BORDER) + " " + y + "h" + length + "v1h-" + length + "z";
    }
}

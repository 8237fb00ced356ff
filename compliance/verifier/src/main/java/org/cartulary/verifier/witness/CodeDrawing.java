package org.cartulary.verifier.witness;

import io.nayuki.qrcodegen.QrCode;
import java.util.ArrayList;
import java.util.List;

/** QR codes (ISO/IEC 18004) on a terminal, or in an SVG file; dark on light everywhere, as scanners want it. */
final class CodeDrawing {
    /** Light modules all around, without which scanners do not find a code. */
    private static final int BORDER = 4;

    private static final int CAPTION = 8;

    private CodeDrawing() {}

    /** Two rows of modules a line. */
    static List<String> lines(String text) {
        QrCode code = code(text);
        List<String> lines = new ArrayList<>();
        for (int y = -BORDER; y < code.size + BORDER; y += 2) {
            StringBuilder line = new StringBuilder("\u001b[30;107m");
            for (int x = -BORDER; x < code.size + BORDER; x++) {
                line.append(sign(code.getModule(x, y), code.getModule(x, y + 1)));
            }
            lines.add(line.append("\u001b[0m").toString());
        }
        return lines;
    }

    /** How many columns of a terminal a code takes. */
    static int columns(String text) {
        return code(text).size + 2 * BORDER;
    }

    private static char sign(boolean upper, boolean lower) {
        return upper ? (lower ? '\u2588' : '\u2580') : (lower ? '\u2584' : ' ');
    }

    /** All codes below each other, each with its number above where there are several. */
    static String svg(List<String> texts) {
        int width = texts.stream().mapToInt(CodeDrawing::columns).max().orElse(0);
        StringBuilder drawn = new StringBuilder();
        int top = 0;
        for (int i = 0; i < texts.size(); i++) {
            if (texts.size() > 1) {
                drawn.append("<text x=\"").append(BORDER).append("\" y=\"").append(top + CAPTION - 2);
                drawn.append("\" font-family=\"sans-serif\" font-size=\"5\">");
                drawn.append(i + 1).append(" / ").append(texts.size()).append("</text>\n");
                top += CAPTION;
            }
            QrCode code = code(texts.get(i));
            drawn.append("<path d=\"").append(path(code, top + BORDER)).append("\"/>\n");
            top += code.size + 2 * BORDER;
        }
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + width + " " + top + "\" width=\""
                + 4 * width + "\" height=\"" + 4 * top + "\" shape-rendering=\"crispEdges\">\n"
                + "<rect width=\"" + width + "\" height=\"" + top + "\" fill=\"#fff\"/>\n" + drawn + "</svg>\n";
    }

    /** Each dark module as a square. */
    private static String path(QrCode code, int top) {
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                if (code.getModule(x, y)) {
                    path.append('M')
                            .append(x + BORDER)
                            .append(' ')
                            .append(y + top)
                            .append("h1v1h-1z");
                }
            }
        }
        return path.toString();
    }

    private static QrCode code(String text) {
        return QrCode.encodeText(text, QrCode.Ecc.LOW);
    }
}

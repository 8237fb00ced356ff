package org.cartulary.verifier.witness;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads QR codes as a camera does, from what stands on a terminal or in a drawing. */
final class Scanner {
    private static final int PIXELS = 4;
    private static final int BORDER = 4;
    private static final Pattern PATH = Pattern.compile("<path d=\"([^\"]+)\"/>");
    private static final Pattern SQUARE = Pattern.compile("M(\\d+) (\\d+)h1v1h-1z");

    private Scanner() {}

    /** Of all that a command printed, the text of each code. */
    static List<String> terminal(String printed) {
        List<String> texts = new ArrayList<>();
        List<String> rows = new ArrayList<>();
        for (String line : (printed + "\nend").lines().toList()) {
            if (line.startsWith("\u001b[30;107m")) {
                rows.add(line.substring("\u001b[30;107m".length(), line.length() - "\u001b[0m".length()));
            } else if (!rows.isEmpty()) {
                texts.add(read(modules(rows)));
                rows.clear();
            }
        }
        return texts;
    }

    private static boolean[][] modules(List<String> rows) {
        boolean[][] dark = new boolean[2 * rows.size()][rows.getFirst().length()];
        for (int y = 0; y < rows.size(); y++) {
            for (int x = 0; x < dark[0].length; x++) {
                char sign = rows.get(y).charAt(x);
                dark[2 * y][x] = sign == '\u2588' || sign == '\u2580';
                dark[2 * y + 1][x] = sign == '\u2588' || sign == '\u2584';
            }
        }
        return dark;
    }

    /** Of a drawing, the text of each code, one after the other. */
    static List<String> svg(String drawing) {
        List<String> texts = new ArrayList<>();
        for (Matcher path = PATH.matcher(drawing); path.find(); ) {
            List<int[]> squares = new ArrayList<>();
            for (Matcher square = SQUARE.matcher(path.group(1)); square.find(); ) {
                squares.add(new int[] {Integer.parseInt(square.group(1)), Integer.parseInt(square.group(2))});
            }
            // The camera is held over one code, whose first dark module is in its corner and whose border is light.
            int top = squares.getFirst()[1] - BORDER;
            int side = squares.getLast()[1] - top + 1 + BORDER;
            boolean[][] dark = new boolean[side][side];
            squares.forEach(square -> dark[square[1] - top][square[0]] = true);
            texts.add(read(dark));
        }
        return texts;
    }

    private static String read(boolean[][] dark) {
        int width = PIXELS * dark[0].length;
        int height = PIXELS * dark.length;
        int[] pixels = new int[width * height];
        Arrays.fill(pixels, 0xffffff);
        for (int i = 0; i < pixels.length; i++) {
            if (dark[i / width / PIXELS][i % width / PIXELS]) {
                pixels[i] = 0;
            }
        }
        try {
            return new QRCodeReader()
                    .decode(
                            new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, height, pixels))),
                            // A drawing: upright, and nothing but the code. Finding one in a picture may fail.
                            Map.of(DecodeHintType.PURE_BARCODE, true))
                    .getText();
        } catch (ReaderException e) {
            throw new AssertionError("There is no code to read", e);
        }
    }
}

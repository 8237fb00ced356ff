package org.cartulary.verifier.witness;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.cartulary.verifier.note.KeyType;
import org.cartulary.verifier.note.VerifierKey;
import org.jspecify.annotations.Nullable;

/**
 * A cosignature on its way back to the log by QR code.
 *
 * @param file to draw in (SVG); null for the terminal
 * @param both whether the ML-DSA-44 signature goes too, which takes several codes
 * @param mostBytes in one code
 */
record CosignedCode(@Nullable Path file, boolean both, int mostBytes) {
    private static final int USUAL_COLUMNS = 80;

    /** As said above, or an {@link IllegalArgumentException}, before anything is signed. */
    CosignedCode {
        NumberedCodes.requireBytes(mostBytes);
    }

    /**
     * Draws what a witness signed of a checkpoint: {@code cosigned SIZE}, and its signature lines.
     *
     * @param checkpoint with the signatures
     * @param keys of the witness
     */
    void draw(String checkpoint, List<VerifierKey> keys, PrintStream out, PrintStream err) throws IOException {
        List<String> codes = NumberedCodes.split(text(checkpoint, keys), mostBytes);
        if (file != null) {
            SafeFiles.replace(file, CodeDrawing.svg(codes).getBytes(StandardCharsets.UTF_8));
            out.println("Drawn: " + file.toAbsolutePath() + " (" + count(codes) + ")");
            return;
        }
        for (int i = 0; i < codes.size(); i++) {
            if (codes.size() > 1) {
                out.println("Code " + (i + 1) + " of " + codes.size() + ": scan all, in any order");
            }
            CodeDrawing.lines(codes.get(i)).forEach(out::println);
        }
        int columns = codes.stream().mapToInt(CodeDrawing::columns).max().orElse(0);
        if (columns > USUAL_COLUMNS) {
            err.println("This needs a window of " + columns + " columns. In a narrower one draw it in a file (--qr"
                    + " FILE.svg), or as more and smaller codes (--per-code 300)");
        }
        err.println("Bring " + (codes.size() > 1 ? "them" : "it") + " to the appliance: audit cosigned -");
    }

    private static String count(List<String> codes) {
        return codes.size() == 1 ? "one code" : codes.size() + " codes, to be scanned in any order";
    }

    private String text(String checkpoint, List<VerifierKey> keys) {
        String size = checkpoint.lines().skip(1).findFirst().orElse("0");
        StringBuilder text = new StringBuilder("cosigned ").append(size).append('\n');
        List<String> signatures =
                checkpoint.lines().filter(line -> line.startsWith("— ")).toList();
        // The log's own signatures stand first, then those of the witness in the order of its keys.
        for (int i = 0; i < keys.size(); i++) {
            if (both || keys.get(i).type() == KeyType.ED25519_COSIGNATURE) {
                text.append(signatures.get(signatures.size() - keys.size() + i)).append('\n');
            }
        }
        return text.toString();
    }
}

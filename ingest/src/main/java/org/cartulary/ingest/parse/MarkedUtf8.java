package org.cartulary.ingest.parse;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * Plain text in UTF-8 without a byte order mark. Tika guesses by the beginning of a file, and takes one whose first
 * umlaut stands late for ISO-8859-1; a text that decodes strictly and is not plain ASCII is UTF-8, so it gets the mark
 * that settles it.
 */
final class MarkedUtf8 {
    private static final Set<String> EXTENSIONS = Set.of(
            ".txt", ".text", ".md", ".markdown", ".rst", ".org", ".csv", ".tsv", ".log", ".json", ".yaml", ".yml");
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private MarkedUtf8() {}

    /** @param staged only its extension counts: formats that declare their encoding are left alone */
    static boolean isUnmarkedText(Path file, Path staged) throws IOException {
        String name = staged.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot >= 0 && EXTENSIONS.contains(name.substring(dot)) && decodes(file);
    }

    static void write(Path file, Path staged) throws IOException {
        try (OutputStream out = Files.newOutputStream(staged)) {
            out.write(MARK);
            Files.copy(file, out);
        }
    }

    private static boolean decodes(Path file) throws IOException {
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        boolean beyondAscii = false;
        try (Reader in = new InputStreamReader(new BufferedInputStream(Files.newInputStream(file)), decoder)) {
            char[] buffer = new char[8192];
            boolean first = true;
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (first && n > 0 && buffer[0] == '\uFEFF') {
                    return false;
                }
                first = false;
                for (int i = 0; i < n; i++) {
                    beyondAscii |= buffer[i] > 0x7F;
                }
            }
            return beyondAscii;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}

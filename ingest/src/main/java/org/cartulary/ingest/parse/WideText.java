package org.cartulary.ingest.parse;

import java.io.BufferedInputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Text in UTF-16 or UTF-32, with or without a byte order mark. Tika takes it for binary, or for text but not for the
 * mail, HTML or CSV that it is; so it is rewritten as UTF-8 before Tika sees it.
 */
final class WideText {
    private static final int SAMPLE_BYTES = 4096;
    /** Share of zero bytes at the expected places from which ASCII-heavy text is told from binary data. */
    private static final double LIKELY = 0.7;

    private WideText() {}

    /** The wide encoding that a file's first bytes show, if any. */
    static Optional<Charset> detect(Path file) throws IOException {
        byte[] sample;
        try (InputStream in = Files.newInputStream(file)) {
            sample = in.readNBytes(SAMPLE_BYTES);
        }
        if (startsWith(sample, 0xFF, 0xFE, 0, 0) || zeros(sample, 4, 1, 2, 3)) {
            return Optional.of(Charset.forName("UTF-32LE"));
        }
        if (startsWith(sample, 0, 0, 0xFE, 0xFF) || zeros(sample, 4, 0, 1, 2)) {
            return Optional.of(Charset.forName("UTF-32BE"));
        }
        if (startsWith(sample, 0xFF, 0xFE) || zeros(sample, 2, 1)) {
            return Optional.of(StandardCharsets.UTF_16LE);
        }
        if (startsWith(sample, 0xFE, 0xFF) || zeros(sample, 2, 0)) {
            return Optional.of(StandardCharsets.UTF_16BE);
        }
        return Optional.empty();
    }

    /**
     * Writes the text as UTF-8.
     *
     * @return false when the bytes are no such text after all; the target is then left incomplete
     */
    static boolean rewrite(Path from, Charset charset, Path to) throws IOException {
        var decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        try (Reader in = new InputStreamReader(new BufferedInputStream(Files.newInputStream(from)), decoder);
                BufferedWriter out = Files.newBufferedWriter(to)) {
            char[] buffer = new char[8192];
            boolean first = true;
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                int start = first && n > 0 && buffer[0] == '\uFEFF' ? 1 : 0;
                String text = new String(buffer, start, n - start);
                // A declaration that names the old encoding would now be a lie.
                out.write(
                        first
                                ? text.replaceFirst("(?i)encoding=([\"'])utf-?(16|32)[a-z]*\\1", "encoding=$1UTF-8$1")
                                : text);
                first = false;
            }
            return true;
        } catch (java.nio.charset.CharacterCodingException e) {
            return false;
        }
    }

    private static boolean startsWith(byte[] sample, int... mark) {
        if (sample.length < mark.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if ((sample[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    /** Zero bytes at nearly all of the given places of each unit, and hardly any elsewhere. */
    private static boolean zeros(byte[] sample, int unit, int... places) {
        int units = sample.length / unit;
        if (units < 4) {
            return false;
        }
        int expected = 0;
        int all = 0;
        for (int i = 0; i < units * unit; i++) {
            if (sample[i] == 0) {
                all++;
                for (int place : places) {
                    expected += i % unit == place ? 1 : 0;
                }
            }
        }
        return expected >= LIKELY * units * places.length && all - expected <= (1 - LIKELY) * 0.1 * units;
    }
}

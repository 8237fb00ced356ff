package org.cartulary.verifier.note;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cartulary.verifier.report.CheckFailed;
import org.cartulary.verifier.report.Finding;

/**
 * A C2SP signed note: text, an empty line, signature lines.
 *
 * @param text the signed bytes, with their last newline
 */
@SuppressWarnings("ArrayRecordComponent") // bytes as they lie in files: never changed, never compared as a record
public record SignedNote(byte[] text, List<NoteSignature> signatures) {
    /** Most signature lines; the specification asks for 16 at least. */
    public static final int MAX_SIGNATURES = 100;

    /** Longest signature part of a note, enough for the most signatures of post-quantum size. */
    public static final int MAX_SIGNATURE_BYTES = 1 << 19;

    private static final String LINE_START = "— ";

    /** Splits a note at its last empty line. The text is not checked beyond what the format asks of it. */
    public static SignedNote parse(byte[] note, String where) {
        int split = lastEmptyLine(note);
        if (split < 0) {
            throw new CheckFailed(where, "text, an empty line and signatures", "no empty line");
        }
        byte[] text = Arrays.copyOf(note, split + 1);
        requireText(text, where);
        return new SignedNote(text, parseSignatures(Arrays.copyOfRange(note, split + 2, note.length), where));
    }

    /** Parses signature lines, each ended by a newline. */
    public static List<NoteSignature> parseSignatures(byte[] lines, String where) {
        if (lines.length == 0 || lines[lines.length - 1] != '\n' || lines.length > MAX_SIGNATURE_BYTES) {
            throw new CheckFailed(
                    where,
                    "signature lines, up to " + MAX_SIGNATURE_BYTES + " bytes",
                    lines.length + " bytes, cut off");
        }
        String text = requireText(lines, where);
        List<NoteSignature> signatures = new ArrayList<>();
        for (String line : text.substring(0, text.length() - 1).split("\n", -1)) {
            if (signatures.size() == MAX_SIGNATURES) {
                throw new CheckFailed(where, "at most " + MAX_SIGNATURES + " signatures", "more");
            }
            signatures.add(parseLine(line, where));
        }
        return signatures;
    }

    /**
     * A signature that was verified.
     *
     * @param time at which a cosigner says that it signed, in seconds since 1970; 0 where the type of key has none
     */
    public record Verified(VerifierKey key, long time) {}

    /**
     * Who among the owners of {@code keys} signed. Signatures of unknown keys are passed over; a signature that names a
     * known key and does not verify condemns the whole note.
     *
     * @throws CheckFailed if no known key signed, or one's signature is not valid
     */
    public List<Verified> verifiedBy(List<VerifierKey> keys, String where) {
        List<Verified> signers = new ArrayList<>();
        for (NoteSignature signature : signatures) {
            for (VerifierKey key : keys) {
                if (!signature.names(key)) {
                    continue;
                }
                long time = key.verified(text, signature.bytes())
                        .orElseThrow(() -> new CheckFailed(
                                where, "a valid signature by " + key.shown(), "one that does not verify"));
                signers.add(new Verified(key, time));
            }
        }
        if (signers.isEmpty()) {
            throw new CheckFailed(where, "a signature by " + shown(keys), "signatures by " + signedBy());
        }
        return signers;
    }

    private String signedBy() {
        return String.join(", ", signatures.stream().map(NoteSignature::shown).toList());
    }

    private static String shown(List<VerifierKey> keys) {
        return String.join(" or ", keys.stream().map(VerifierKey::shown).toList());
    }

    /** Whether a text may be the name of a key: not empty, no space of any kind, no plus sign. */
    public static boolean isKeyName(String name) {
        return !name.isEmpty()
                && name.codePoints().noneMatch(c -> c == '+' || Character.isSpaceChar(c) || Character.isWhitespace(c));
    }

    private static NoteSignature parseLine(String line, String where) {
        int space = line.indexOf(' ', LINE_START.length());
        if (!line.startsWith(LINE_START) || space < 0 || !isKeyName(line.substring(LINE_START.length(), space))) {
            throw new CheckFailed(where, "\"— <key name> <base64>\"", Finding.quoted(line));
        }
        byte[] blob = StrictBase64.decode(line.substring(space + 1), where);
        if (blob.length < 5) {
            throw new CheckFailed(where, "a key id and a signature", blob.length + " bytes");
        }
        int id = ByteBuffer.wrap(blob).getInt();
        return new NoteSignature(
                line.substring(LINE_START.length(), space), id, Arrays.copyOfRange(blob, 4, blob.length));
    }

    private static int lastEmptyLine(byte[] note) {
        for (int i = note.length - 2; i >= 0; i--) {
            if (note[i] == '\n' && note[i + 1] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private static String requireText(byte[] bytes, String where) {
        for (byte b : bytes) {
            if (b >= 0 && b < ' ' && b != '\n') {
                throw new CheckFailed(where, "no control characters but newlines", "byte 0x%02x".formatted(b));
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new CheckFailed(where, "UTF-8", "bytes that are not");
        }
    }
}

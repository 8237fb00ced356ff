package org.cartulary.compliance.canonical;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import org.erdtman.jcs.JsonCanonicalizer;
import org.jspecify.annotations.Nullable;

/** Canonical JSON (RFC 8785, JCS) of plain values: maps, lists, strings, numbers, booleans and null. Thread-safe. */
public final class CanonicalJson {
    /** The largest whole number that every JSON reader keeps exactly (2^53 - 1, RFC 7493 section 2.2). */
    public static final long MAX_INTEGER = (1L << 53) - 1;

    private static final DateTimeFormatter MICROSECONDS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final ObjectMapper JSON = new ObjectMapper();

    private CanonicalJson() {}

    /**
     * Encodes a value.
     *
     * @throws IllegalArgumentException where the canonical form would not say the same: a whole number beyond 2^53 - 1,
     *     a number that is not finite, or a lone surrogate in a string
     */
    public static byte[] bytes(@Nullable Object value) {
        JsonNode tree = JSON.valueToTree(value);
        requireExact(tree);
        try {
            // JCS defines arrays and objects at the top; a scalar is wrapped, encoded, and unwrapped.
            byte[] wrapped = new JsonCanonicalizer("[" + JSON.writeValueAsString(tree) + "]").getEncodedUTF8();
            return Arrays.copyOfRange(wrapped, 1, wrapped.length - 1);
        } catch (IOException e) {
            throw new IllegalArgumentException("No canonical JSON form: " + e.getMessage(), e);
        }
    }

    /** As {@link #bytes}, as text. */
    public static String text(@Nullable Object value) {
        return new String(bytes(value), StandardCharsets.UTF_8);
    }

    /** A time as canonical JSON has it: UTC, cut to microseconds, always six digits. */
    public static String time(Instant time) {
        return MICROSECONDS.format(time.truncatedTo(ChronoUnit.MICROS));
    }

    /** Reads JSON that this class wrote. */
    public static JsonNode parse(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireExact(JsonNode node) {
        if (node.isIntegralNumber() && node.bigIntegerValue().abs().compareTo(BigInteger.valueOf(MAX_INTEGER)) > 0) {
            throw new IllegalArgumentException(
                    "A whole number beyond 2^53 - 1 loses digits in JSON; write it as a string: " + node);
        }
        if (node.isFloatingPointNumber() && !Double.isFinite(node.doubleValue())) {
            throw new IllegalArgumentException("JSON has no number for " + node.doubleValue());
        }
        if (node.isTextual()) {
            requireUnicode(node.textValue());
        }
        node.properties().forEach(field -> requireUnicode(field.getKey()));
        node.forEach(CanonicalJson::requireExact);
    }

    private static void requireUnicode(String text) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException(
                    "A string holds half of a surrogate pair, which UTF-8 cannot carry; cut text between characters");
        }
    }
}

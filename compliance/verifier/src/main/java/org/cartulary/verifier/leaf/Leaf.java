package org.cartulary.verifier.leaf;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cartulary.verifier.json.CanonicalReader;
import org.cartulary.verifier.note.StrictBase64;
import org.cartulary.verifier.report.Finding;
import org.cartulary.verifier.tree.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * A leaf of the evidence log whose form was checked: canonical JSON of a known type with no field in clear that its type
 * does not allow.
 *
 * @param timeMicros since 1970
 * @param number identifies a question, or another act
 * @param digests SHA-256(salt || canonical sealed value) by name
 * @param link of the leaf that opens a shard; null in others
 * @param certificate SHA-256, in hex, of a certificate that the leaf puts on record; null in most
 */
public record Leaf(
        EntryType type,
        long timeMicros,
        long number,
        Map<String, byte[]> digests,
        @Nullable ShardLink link,
        @Nullable String certificate) {
    /** Longest leaf, in bytes: what the 16-bit length in an entry bundle can say. */
    public static final int MAX_BYTES = 65_535;

    private static final int MAX_DIGESTS = 64;
    private static final long VERSION = 1;

    /**
     * Reads the leaf in a part of {@code bytes}.
     *
     * @param origin the log in which it stands, which it must name
     * @throws org.cartulary.verifier.report.CheckFailed if it is anything but a canonical leaf
     */
    public static Leaf read(byte[] bytes, int from, int to, String origin, String where) {
        CanonicalReader reader = new CanonicalReader(bytes, from, to, where);
        Draft draft = new Draft(origin);
        reader.beginObject();
        for (String name = reader.nextName(); name != null; name = reader.nextName()) {
            draft.take(name, reader);
        }
        reader.end();
        return draft.leaf(reader);
    }

    /** The fields in the order in which canonical JSON has them: the type comes late. One thread. */
    private static final class Draft {
        private final String origin;
        private final Map<ClearField, Object> clear = new EnumMap<>(ClearField.class);
        private @Nullable EntryType type;
        private @Nullable Long timeMicros;
        private @Nullable Long number;
        private @Nullable Map<String, byte[]> digests;
        private boolean actor;
        private boolean named;
        private boolean versioned;

        Draft(String origin) {
            this.origin = origin;
        }

        void take(String name, CanonicalReader reader) {
            switch (name) {
                case "actor" -> actor = require(Shapes.isPseudonym(reader.string()), "a pseudonym", reader);
                case "digests" -> digests = readDigests(reader);
                case "number" -> number = readNumber(reader);
                case "origin" -> named = require(reader.string().equals(origin), "the origin " + origin, reader);
                case "time" -> timeMicros = readTime(reader);
                case "type" -> type = readType(reader);
                case "v" -> versioned = require(reader.count() == VERSION, "version 1", reader);
                default -> takeClear(name, reader);
            }
        }

        Leaf leaf(CanonicalReader reader) {
            EntryType knownType = type;
            Long time = timeMicros;
            Long knownNumber = number;
            Map<String, byte[]> known = digests;
            if (knownType == null
                    || time == null
                    || knownNumber == null
                    || known == null
                    || !(actor && named && versioned)) {
                throw reader.failure("actor, digests, number, origin, time, type and v", "one of them missing");
            }
            for (ClearField field : clear.keySet()) {
                if (!knownType.allows(field)) {
                    throw reader.failure(
                            "only fields that " + knownType.wireName() + " has in clear",
                            Finding.quoted(field.wireName()));
                }
            }
            return new Leaf(
                    knownType,
                    time,
                    knownNumber,
                    known,
                    knownType == EntryType.SHARD_OPENED ? link(reader) : null,
                    (String) clear.get(ClearField.CERTIFICATE));
        }

        private ShardLink link(CanonicalReader reader) {
            if (clear.get(ClearField.PREDECESSOR) instanceof String predecessor
                    && clear.get(ClearField.SIZE) instanceof Long size
                    && clear.get(ClearField.ROOT) instanceof String root
                    && clear.get(ClearField.OPEN) instanceof List<?> open) {
                return new ShardLink(
                        predecessor,
                        size,
                        StrictBase64.decode(root, Sha256.BYTES, "root"),
                        open.stream().map(Long.class::cast).toList());
            }
            throw reader.failure("predecessor, size, root and open", "one of them missing");
        }

        private void takeClear(String name, CanonicalReader reader) {
            ClearField field = ClearField.named(name);
            if (field == null) {
                throw reader.failure("a known field", Finding.quoted(name));
            }
            clear.put(field, field.read(reader));
        }

        private static Long readNumber(CanonicalReader reader) {
            long number = reader.count();
            require(number > 0, "a number from 1", reader);
            return number;
        }

        private static Long readTime(CanonicalReader reader) {
            String text = reader.string();
            Long micros = LeafTime.micros(text);
            if (micros == null) {
                throw reader.failure("a UTC time such as 2026-11-22T06:00:00.123456Z", Finding.quoted(text));
            }
            return micros;
        }

        private static EntryType readType(CanonicalReader reader) {
            String text = reader.string();
            EntryType type = EntryType.named(text);
            if (type == null) {
                throw reader.failure("a known type of entry", Finding.quoted(text));
            }
            return type;
        }

        private static Map<String, byte[]> readDigests(CanonicalReader reader) {
            Map<String, byte[]> digests = new HashMap<>();
            reader.beginObject();
            for (String name = reader.nextName(); name != null; name = reader.nextName()) {
                require(Shapes.isFieldName(name) && digests.size() < MAX_DIGESTS, "few, well-named digests", reader);
                digests.put(name, StrictBase64.decode(reader.string(), Sha256.BYTES, "digest " + name));
            }
            return digests;
        }

        private static boolean require(boolean holds, String expected, CanonicalReader reader) {
            if (!holds) {
                throw reader.failure(expected, "something else");
            }
            return true;
        }
    }
}

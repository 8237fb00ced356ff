package org.cartulary.verifier.leaf;

import java.util.HashMap;
import java.util.Map;
import org.cartulary.verifier.json.CanonicalReader;
import org.cartulary.verifier.report.Finding;
import org.jspecify.annotations.Nullable;

/** A field that may stand in clear in leaves of some types, and the only shape that its value may have. */
enum ClearField {
    ACT("act", Shape.ACT),
    CERTIFICATE("certificate", Shape.SHA_256),
    COLLECTION("collection", Shape.UUID),
    DATABASE_ORIGIN("databaseOrigin", Shape.ORIGIN),
    DATABASE_SIZE("databaseSize", Shape.COUNT),
    DOCUMENT("document", Shape.UUID),
    FILTER_DIGEST("filterDigest", Shape.SHA_256),
    GENERATION("generation", Shape.GENERATION),
    HITS("hits", Shape.COUNT),
    KIND("kind", Shape.CODE),
    MODEL("model", Shape.SHA_256),
    NOTED("noted", Shape.TIME),
    OPEN("open", Shape.NUMBERS),
    POLICY_VERSION("policyVersion", Shape.COUNT),
    PREDECESSOR("predecessor", Shape.ORIGIN),
    REASON("reason", Shape.CODE),
    ROOT("root", Shape.HASH),
    SIZE("size", Shape.COUNT),
    SUCCESSOR("successor", Shape.ORIGIN),
    SUCCESSOR_COSIGNING_KEY("successorCosigningKey", Shape.COSIGNING_KEY),
    SUCCESSOR_KEY("successorKey", Shape.KEY),
    VERSION("version", Shape.VERSION);

    private static final Map<String, ClearField> BY_NAME = new HashMap<>();

    static {
        for (ClearField field : values()) {
            BY_NAME.put(field.wireName, field);
        }
    }

    private final String wireName;
    private final Shape shape;

    ClearField(String wireName, Shape shape) {
        this.wireName = wireName;
        this.shape = shape;
    }

    static @Nullable ClearField named(String name) {
        return BY_NAME.get(name);
    }

    String wireName() {
        return wireName;
    }

    /** Takes the value of this field: a String, a Long, or a List of Long. */
    Object read(CanonicalReader reader) {
        if (shape == Shape.COUNT) {
            return reader.count();
        }
        if (shape == Shape.NUMBERS) {
            return reader.counts();
        }
        String value = reader.string();
        if (!shape.fits(value)) {
            throw reader.failure(shape.words + " as " + wireName, Finding.quoted(value));
        }
        return value;
    }

    private enum Shape {
        ACT("a known act"),
        CODE("a code of 1 to 64 of a-z 0-9 -, a letter first"),
        COUNT("a whole number"),
        HASH("32 bytes in base64"),
        COSIGNING_KEY("the vkey of an ML-DSA-44 key"),
        KEY("the vkey of an Ed25519 key"),
        NUMBERS("a list of whole numbers"),
        ORIGIN("1 to 128 of A-Z a-z 0-9 . _ / -"),
        GENERATION("1 to 128 of A-Z a-z 0-9 . _ : + / @ -"),
        SHA_256("a SHA-256 in hex"),
        TIME("a time YYYY-MM-DDThh:mm:ss.ffffffZ"),
        UUID("a UUID"),
        VERSION("1 to 64 of A-Z a-z 0-9 . + -");

        /** 1,313 bytes in base64: the type and an ML-DSA-44 key. */
        private static final int COSIGNING_KEY_CHARS = 1_752;

        /** 33 bytes in base64: the type and an Ed25519 key. */
        private static final int KEY_CHARS = 44;

        private final String words;

        Shape(String words) {
            this.words = words;
        }

        boolean fits(String value) {
            return switch (this) {
                case ACT -> Shapes.isAct(value);
                case CODE -> Shapes.isCode(value);
                case COUNT, NUMBERS -> false;
                case HASH -> Shapes.isHash(value);
                case COSIGNING_KEY -> Shapes.isVkey(value, COSIGNING_KEY_CHARS);
                case KEY -> Shapes.isVkey(value, KEY_CHARS);
                case ORIGIN -> Shapes.isOrigin(value);
                case GENERATION -> Shapes.isGeneration(value);
                case SHA_256 -> Shapes.isSha256Hex(value);
                case TIME -> LeafTime.micros(value) != null;
                case UUID -> Shapes.isUuid(value);
                case VERSION -> Shapes.isVersion(value);
            };
        }
    }
}

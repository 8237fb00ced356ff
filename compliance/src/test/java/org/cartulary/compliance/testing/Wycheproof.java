package org.cartulary.compliance.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A file of Project Wycheproof: cases that have broken implementations, each with what is right. Where set-up did not fetch
 * it, the test is skipped and says so.
 */
public final class Wycheproof {
    /** Files of all but ML-DSA, which came later. */
    public static final String FOLDER = "debian-13-1/wycheproof";

    /** The file of ML-DSA. */
    public static final String ML_DSA = "ml-dsa-0.1.1";

    private final List<Vector> vectors;

    private Wycheproof(List<Vector> vectors) {
        this.vectors = vectors;
    }

    /** One case. */
    public record Vector(JsonNode group, JsonNode test) {
        /** Bytes of the case; none where it does not name them. */
        public byte[] bytes(String name) {
            return HexFormat.of().parseHex(test.path(name).asText());
        }

        /** {@code valid}, {@code invalid}, or {@code acceptable}: as the implementer likes. */
        public String result() {
            return test.required("result").textValue();
        }

        int number() {
            return test.required("tcId").intValue();
        }

        boolean isValid() {
            return result().equals("valid");
        }

        @Override
        public String toString() {
            return number() + ", " + result() + ": " + test.path("comment").asText() + " " + test.path("flags");
        }
    }

    /** Something that accepts cases or not. */
    @FunctionalInterface
    public interface Judge {
        /** Whether it accepts a case; what it throws breaks the test. */
        boolean accepts(Vector vector) throws Exception;
    }

    /** Reads {@code <name>_test.json}. */
    public static Wycheproof read(String folder, String name) throws IOException {
        JsonNode file = new ObjectMapper()
                .readTree(Cache.vectors(folder).resolve(name + "_test.json").toFile());
        List<Vector> vectors = new ArrayList<>();
        for (JsonNode group : file.required("testGroups")) {
            group.required("tests").forEach(test -> vectors.add(new Vector(group, test)));
        }
        assertThat(vectors).hasSize(file.required("numberOfTests").intValue());
        return new Wycheproof(vectors);
    }

    /** Those of its cases that fit. */
    public Wycheproof where(Predicate<Vector> fits) {
        return new Wycheproof(vectors.stream().filter(fits).toList());
    }

    /** Requires that a judge accepts as many cases as are valid, just these, and refuses as many as are not. */
    public void assertAccepted(int valid, int refused, Judge judge) throws Exception {
        assertAccepted(valid, refused, Set.of(), judge);
    }

    /** The same, but that the judge accepts some more, by their numbers: the test that says so says why. */
    public void assertAccepted(int accepted, int refused, Set<Integer> tolerated, Judge judge) throws Exception {
        List<Vector> misjudged = new ArrayList<>();
        int count = 0;
        for (Vector vector : vectors) {
            boolean accepts = judge.accepts(vector);
            count += accepts ? 1 : 0;
            if (accepts != (vector.isValid() || tolerated.contains(vector.number()))) {
                misjudged.add(vector);
            }
        }
        assertThat(misjudged).isEmpty();
        assertThat(count).isEqualTo(accepted);
        assertThat(vectors.size() - count).isEqualTo(refused);
    }
}

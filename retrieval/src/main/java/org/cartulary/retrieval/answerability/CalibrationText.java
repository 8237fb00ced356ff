package org.cartulary.retrieval.answerability;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Calibrations as JSON: in the table, in the file that the product is delivered with, in files of operators. */
public final class CalibrationText {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STANDARD = "standard-calibration.json";
    private static final int VERSION_LENGTH = 12;

    private CalibrationText() {}

    static Calibration standard() {
        try (InputStream text = CalibrationText.class.getResourceAsStream(STANDARD)) {
            if (text == null) {
                throw new IllegalStateException("The calibration " + STANDARD + " is missing from the jar");
            }
            return read(new String(text.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("The calibration " + STANDARD + " could not be read", e);
        }
    }

    /** As one JSON object, in lines for people. */
    public static String write(Calibration calibration) {
        ObjectNode node = JSON.createObjectNode().put("version", calibration.version());
        node.put("threshold", calibration.threshold()).put("constant", calibration.constant());
        ObjectNode weights = node.putObject("weights");
        calibration.weightsByWord().forEach(weights::put);
        Calibration.Origin origin = calibration.origin();
        node.putObject("origin")
                .put("description", origin.description())
                .put("questionsSha256", origin.questionsSha256())
                .put("embedderSha256", origin.embedderSha256())
                .put("answerable", origin.answerable())
                .put("unanswerable", origin.unanswerable())
                .put("madeOn", origin.madeOn());
        for (Calibration.Consequence one : calibration.consequences()) {
            node.withArray("consequences")
                    .addObject()
                    .put("threshold", one.threshold())
                    .put("rightAbstentions", one.rightAbstentions())
                    .put("falseAbstentions", one.falseAbstentions());
        }
        return node.toPrettyString() + "\n";
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException when it is something else, or its version is not that of its numbers
     */
    public static Calibration read(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            Map<Feature, Double> weights = new EnumMap<>(Feature.class);
            node.required("weights")
                    .properties()
                    .forEach(weight -> weights.put(
                            feature(weight.getKey()), weight.getValue().asDouble()));
            Calibration calibration = new Calibration(
                    node.required("version").asText(),
                    node.required("constant").asDouble(),
                    weights,
                    node.required("threshold").asDouble(),
                    origin(node.required("origin")),
                    consequences(node.path("consequences")));
            requireVersion(calibration);
            return calibration;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("This is no calibration: " + e.getOriginalMessage(), e);
        }
    }

    private static void requireVersion(Calibration calibration) {
        String version = version(
                calibration.constant(),
                calibration.weights(),
                calibration.origin().embedderSha256());
        if (!version.equals(calibration.version())) {
            throw new IllegalArgumentException("The calibration is called " + calibration.version()
                    + ", but its numbers are those of " + version + ": they were changed by hand.");
        }
    }

    /** Names numbers by a hash of them. */
    static String version(double constant, Map<Feature, Double> weights, String embedderSha256) {
        StringBuilder numbers = new StringBuilder(embedderSha256).append('\n').append(constant);
        new EnumMap<>(weights)
                .forEach((feature, weight) ->
                        numbers.append('\n').append(feature.word()).append(' ').append(weight));
        return sha256(numbers.toString()).substring(0, VERSION_LENGTH);
    }

    static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static Feature feature(String word) {
        return Feature.named(word)
                .orElseThrow(() -> new IllegalArgumentException(
                        "\"" + word + "\" is no feature of this version: make another calibration with calibrate."));
    }

    private static Calibration.Origin origin(JsonNode node) {
        return new Calibration.Origin(
                node.required("description").asText(),
                node.required("questionsSha256").asText(),
                node.required("embedderSha256").asText(),
                node.required("answerable").asInt(),
                node.required("unanswerable").asInt(),
                node.required("madeOn").asText());
    }

    private static List<Calibration.Consequence> consequences(JsonNode array) {
        List<Calibration.Consequence> consequences = new ArrayList<>();
        array.forEach(one -> consequences.add(new Calibration.Consequence(
                one.required("threshold").asDouble(),
                one.required("rightAbstentions").asDouble(),
                one.required("falseAbstentions").asDouble())));
        return consequences;
    }
}

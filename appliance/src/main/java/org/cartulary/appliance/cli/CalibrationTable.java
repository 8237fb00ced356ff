package org.cartulary.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import org.cartulary.retrieval.answerability.Calibration;

/** A calibration with its measured consequences, for people. */
final class CalibrationTable {
    /** Of each hundredth that was measured, these are shown. */
    private static final int STEP = 5;

    private CalibrationTable() {}

    /** As the REST interface shows it. */
    static String of(JsonNode calibration) {
        StringBuilder table = new StringBuilder(head(
                calibration.path("version").asText(),
                calibration.path("madeOn").asText(),
                calibration.path("description").asText(),
                calibration.path("answerable").asInt(),
                calibration.path("unanswerable").asInt()));
        double threshold = calibration.path("threshold").asDouble();
        for (JsonNode one : calibration.path("consequences")) {
            table.append(row(
                    one.path("threshold").asDouble(),
                    one.path("rightAbstentions").asDouble(),
                    one.path("falseAbstentions").asDouble(),
                    threshold));
        }
        return table.toString().stripTrailing();
    }

    /** As it was just fitted. */
    static String of(Calibration calibration) {
        Calibration.Origin origin = calibration.origin();
        StringBuilder table = new StringBuilder(head(
                calibration.version(),
                origin.madeOn(),
                origin.description(),
                origin.answerable(),
                origin.unanswerable()));
        for (Calibration.Consequence one : calibration.consequences()) {
            table.append(row(one.threshold(), one.rightAbstentions(), one.falseAbstentions(), calibration.threshold()));
        }
        return table.toString().stripTrailing();
    }

    private static String head(String version, String madeOn, String description, int answerable, int unanswerable) {
        return "Calibration %s, made on %s of %s: asked %d times with an answer in the documents, %d times without.%n"
                        .formatted(version, madeOn, description, answerable, unanswerable)
                + "threshold  abstains rightly  abstains wrongly\n";
    }

    /** Empty for a row that is not shown. */
    private static String row(double at, double right, double wrong, double threshold) {
        boolean chosen = Math.abs(at - threshold) < 0.005;
        return chosen || Math.round(at * 100) % STEP == 0
                ? String.format(
                        Locale.ROOT, "%9.2f  %16.3f  %16.3f%s%n", at, right, wrong, chosen ? "  <- threshold" : "")
                : "";
    }
}

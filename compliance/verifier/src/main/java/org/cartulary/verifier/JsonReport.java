package org.cartulary.verifier;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.cartulary.verifier.report.CheckResult;
import org.cartulary.verifier.report.Finding;
import org.cartulary.verifier.report.Report;

/**
 * Prints a report as one JSON object on one line: {@code subject}, {@code held}, {@code shows} and {@code checks}, each
 * with {@code name}, {@code status} (held, failed, not-checked), {@code heldCount}, {@code failedCount}, {@code unit},
 * {@code remark} and {@code findings} ({@code where}, {@code expected}, {@code found}).
 */
final class JsonReport {
    private JsonReport() {}

    static void print(Report report, PrintStream out) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            write(report, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.println(text);
    }

    private static void write(Report report, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("subject", report.subject());
        json.writeBooleanField("held", report.held());
        json.writeStringField("shows", report.shows());
        json.writeArrayFieldStart("checks");
        for (CheckResult check : report.checks()) {
            write(check, json);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(CheckResult check, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", check.name());
        json.writeStringField(
                "status", check.status().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        json.writeNumberField("heldCount", check.held());
        json.writeNumberField("failedCount", check.failed());
        json.writeStringField("unit", check.unit());
        json.writeStringField("remark", check.remark());
        json.writeArrayFieldStart("findings");
        for (Finding finding : check.findings()) {
            json.writeStartObject();
            json.writeStringField("where", finding.where());
            json.writeStringField("expected", finding.expected());
            json.writeStringField("found", finding.found());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}

package org.cartulary.verifier;

import java.io.PrintStream;
import java.util.Locale;
import org.cartulary.verifier.report.CheckResult;
import org.cartulary.verifier.report.Finding;
import org.cartulary.verifier.report.Report;
import org.cartulary.verifier.report.Status;

/** Prints a report for people: a line a check, its findings below it, one sentence at the end. */
final class TextReport {
    private static final int NAME_CHARS = 58;

    private TextReport() {}

    static void print(Report report, PrintStream out) {
        report.checks().forEach(check -> print(check, out));
        out.println(closing(report));
    }

    private static void print(CheckResult check, PrintStream out) {
        String remark = check.remark() == null ? "" : " (" + check.remark() + ")";
        out.println(mark(check.status()) + "  " + padded(check.name()) + "  " + counts(check) + remark);
        for (Finding finding : check.findings()) {
            out.println("      " + finding);
        }
        long leftOut = check.failed() - check.findings().size();
        if (leftOut > 0) {
            out.println("      and " + leftOut + " more");
        }
    }

    private static String counts(CheckResult check) {
        return switch (check.status()) {
            case HELD -> count(check.held()) + " " + check.unit();
            case FAILED -> count(check.failed()) + " failed, " + count(check.held()) + " " + check.unit() + " held";
            case NOT_CHECKED -> "not reached";
        };
    }

    private static String closing(Report report) {
        if (report.held()) {
            return "Every check held: " + report.subject() + " shows " + report.shows() + ".";
        }
        long failed = report.checks().stream()
                .filter(check -> check.status() == Status.FAILED)
                .count();
        return report.subject() + " does not hold: " + failed + " checks failed; do not rely on it.";
    }

    private static String mark(Status status) {
        return switch (status) {
            case HELD -> "ok  ";
            case FAILED -> "FAIL";
            case NOT_CHECKED -> "-   ";
        };
    }

    private static String padded(String name) {
        return name + " ".repeat(Math.max(0, NAME_CHARS - name.length()));
    }

    private static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}

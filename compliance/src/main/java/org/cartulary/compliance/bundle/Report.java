package org.cartulary.compliance.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.cartulary.compliance.canonical.CanonicalJson;
import org.cartulary.compliance.evidence.IndexRanges;
import org.cartulary.compliance.evidence.PublishedLog;

/**
 * {@code report.html}: what a bundle is, how it is checked, and its questions with answers and sources as far as they are
 * disclosed. One page without scripts or anything from elsewhere. For one thread.
 */
final class Report {
    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Evidence bundle</title>
            <style>
            body { font: 11pt/1.45 serif; color: #111; background: #fff; max-width: 60em; margin: 2em auto; padding: 0 1em }
            table { border-collapse: collapse; width: 100% }
            th, td { border: 1px solid #999; padding: .35em .5em; text-align: left; vertical-align: top; overflow-wrap: anywhere }
            thead th { background: #eee }
            .text { white-space: pre-wrap }
            code { font-size: .85em; overflow-wrap: anywhere }
            @media print { body { margin: 0; max-width: none; font-size: 9.5pt } thead { display: table-header-group } tr { break-inside: avoid } }
            </style>
            </head>
            <body>
            <h1>Evidence bundle</h1>
            """;

    private static final String HOW = """
            <h2>What this shows, and how it is checked</h2>
            <p>This page is for reading. It proves nothing by itself: what proves are the records, the tree and the signatures
            beside it. <code>VERIFY.md</code> has numbered steps, with tools that are not the maker&rsquo;s;
            <code>cartulary-verifier.jar verify bundle.zip --key log.vkey --certificate manifest.pem</code> does the same. Key and
            certificate come from whoever runs the appliance, by another way than this bundle.</p>
            <p>Shown is what the appliance recorded: not that it is true, not what happened after the checkpoint, and of entries
            that are not disclosed only that they are there.</p>
            """;

    private final PublishedLog log;
    private final IndexRanges disclosed;
    private final SortedMap<String, String> selection;
    private final Instant created;

    Report(PublishedLog log, IndexRanges disclosed, SortedMap<String, String> selection, Instant created) {
        this.log = log;
        this.disclosed = disclosed;
        this.selection = selection;
        this.created = created;
    }

    void writeTo(OutputStream out) throws IOException {
        write(out, HEAD);
        write(out, facts());
        write(out, HOW);
        ReportedQuestions questions = ReportedQuestions.of(log, disclosed);
        write(out, "<h2>Questions</h2>\n");
        if (questions.isCut()) {
            write(
                    out,
                    "<p>The first " + ReportedQuestions.MOST
                            + " questions; <code>entries.csv</code> has all entries, and"
                            + " <code>records/</code> their contents.</p>\n");
        }
        write(
                out,
                "<table>\n<thead><tr><th>Number</th><th>Question</th><th>Answer</th><th>Sources</th></tr></thead>\n<tbody>\n");
        for (Map.Entry<Long, ReportedQuestions.Question> question :
                questions.byNumber().entrySet()) {
            write(out, row(question.getKey(), question.getValue()));
        }
        write(out, "</tbody>\n</table>\n</body>\n</html>\n");
    }

    private String facts() {
        List<String> signers = signers();
        return "<table>\n<tbody>\n"
                + fact("Log", "<code>" + escaped(log.checkpoint().origin()) + "</code>")
                + fact("Made", escaped(CanonicalJson.time(created)))
                + fact("Asked for", selection.isEmpty() ? "all entries" : escaped(words()))
                + fact(
                        "Disclosed",
                        disclosed.count() + " of " + log.checkpoint().size()
                                + " entries; of the others only that they are there")
                + fact(
                        "Checkpoint",
                        log.checkpoint().size() + " entries, signed by<br>"
                                + signers.stream()
                                        .map(signer -> "<code>" + escaped(signer) + "</code>")
                                        .collect(Collectors.joining("<br>")))
                + fact(
                        "Witnesses",
                        signers.stream().allMatch(log.checkpoint().origin()::equals)
                                ? "none signed this checkpoint: only copies of older ones outside show whether the log was rewritten"
                                : "those among the signers that are not the log itself")
                + fact(
                        "Time",
                        log.timestamp().isPresent()
                                ? "as the appliance&rsquo;s clock said; a time-stamping authority vouches in"
                                        + " <code>log/checkpoint.tst</code> for when the checkpoint was there at the latest"
                                : "as the appliance&rsquo;s clock said; no time-stamp of an authority is in this bundle")
                + "</tbody>\n</table>\n";
    }

    private static String fact(String name, String html) {
        return "<tr><th>" + name + "</th><td>" + html + "</td></tr>\n";
    }

    private String words() {
        return selection.entrySet().stream()
                .map(word -> "--" + word.getKey() + " " + word.getValue())
                .collect(Collectors.joining(" "));
    }

    /** The names on the signature lines, which stand behind the empty line. */
    private List<String> signers() {
        return log.note()
                .lines()
                .filter(line -> line.startsWith("\u2014 "))
                .map(line -> line.split(" ", 3)[1])
                .toList();
    }

    private static String row(long number, ReportedQuestions.Question question) {
        String answer = question.ended().isEmpty()
                ? "<p><em>not ended within this bundle</em></p>"
                : "<p><em>" + escaped(question.ended()) + ", " + escaped(question.endedAt()) + "</em></p>"
                        + text(question.answer());
        return "<tr><td>" + number + "</td><td><p><em>" + escaped(question.act()) + ", " + escaped(question.askedAt())
                + "<br>by <code>" + escaped(question.actor()) + "</code></em></p>" + text(question.question())
                + "</td><td>" + answer + "</td><td>" + sources(question.sources()) + "</td></tr>\n";
    }

    private static String text(String text) {
        return text.isEmpty() ? "" : "<p class=\"text\">" + escaped(text) + "</p>";
    }

    private static String sources(List<JsonNode> sources) {
        return sources.stream()
                .map(source -> "<p>[" + escaped(source.path("n").asText()) + "] "
                        + escaped(source.path("path").asText()) + page(source)
                        + " <code>" + escaped(source.path("document").asText()) + "</code></p>"
                        + text(ReportedQuestions.cut(source.path("quote").asText())))
                .collect(Collectors.joining());
    }

    private static String page(JsonNode source) {
        String page = source.path("page").asText();
        return page.isEmpty() ? "" : ", page " + escaped(page);
    }

    /** As text of HTML or of an attribute; control characters, which HTML forbids, become visible. */
    static String escaped(String text) {
        StringBuilder html = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                default -> html.append(Character.isISOControl(c) && c != '\n' && c != '\t' ? '\ufffd' : c);
            }
        }
        return html.toString();
    }

    private static void write(OutputStream out, String html) throws IOException {
        out.write(Bundle.utf8(html));
    }
}

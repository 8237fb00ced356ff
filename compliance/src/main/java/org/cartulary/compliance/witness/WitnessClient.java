package org.cartulary.compliance.witness;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.cartulary.compliance.witness.WitnessPolicy.Witness;

/** Asks a witness over the network (C2SP tlog-witness); goes to no other address than the policy's. Thread-safe. */
final class WitnessClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MAX_ANSWER_BYTES = 1 << 16;
    private static final int OK = 200;
    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /** What a witness says. */
    sealed interface Answer {}

    /** Signature lines, not yet verified. */
    record Signed(List<String> lines) implements Answer {}

    /** It signed another size last. */
    record SawAnother(long size) implements Answer {}

    /** The checkpoint does not lead on from what it signed last. */
    record Inconsistent(String reason) implements Answer {}

    record Refusal(String reason) implements Answer {}

    Answer ask(Witness witness, String submission) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(witness.url() + "/add-checkpoint"))
                .timeout(PATIENCE)
                .header("Content-Type", "text/plain; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString(submission))
                .build();
        HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        String text = text(response);
        return switch (response.statusCode()) {
            case OK -> new Signed(text.lines().toList());
            case CONFLICT ->
                text.strip().matches("0|[1-9][0-9]{0,15}")
                        ? new SawAnother(Long.parseLong(text.strip()))
                        : new Refusal("it names no size: " + shortened(text));
            case UNPROCESSABLE -> new Inconsistent(shortened(text));
            default -> new Refusal("it answers " + response.statusCode() + ": " + shortened(text));
        };
    }

    /** The last checkpoint of a log that it signed, with signatures. */
    String latest(Witness witness, String origin) throws IOException, InterruptedException {
        URI uri = URI.create(witness.url() + "/" + sha256(origin) + "/checkpoint");
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
        HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        String text = text(response);
        if (response.statusCode() != OK) {
            throw new IOException("it does not show what it signed last: " + shortened(text));
        }
        return text;
    }

    private static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256", e);
        }
    }

    private static String text(HttpResponse<InputStream> response) throws IOException {
        try (InputStream body = response.body()) {
            byte[] bytes = body.readNBytes(MAX_ANSWER_BYTES + 1);
            if (bytes.length > MAX_ANSWER_BYTES) {
                throw new IOException("it answers with more than " + MAX_ANSWER_BYTES + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static String shortened(String text) {
        String line = text.strip();
        return line.length() <= 200 ? line : line.substring(0, 200) + "…";
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}

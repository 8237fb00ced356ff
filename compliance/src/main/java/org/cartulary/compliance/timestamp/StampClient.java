package org.cartulary.compliance.timestamp;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks the authority over HTTP (RFC 3161 section 3.4); goes to no other address than the one that is set. Thread-safe. */
final class StampClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String QUERY = "application/timestamp-query";
    private static final String REPLY = "application/timestamp-reply";
    private static final int OK = 200;

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private final URI url;

    StampClient(URI url) {
        this.url = url;
    }

    /**
     * The answer to a question, not yet verified.
     *
     * @throws StampRefused where it is no answer of an authority, or too long
     */
    byte[] ask(byte[] query) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(PATIENCE)
                .header("Content-Type", QUERY)
                .header("Accept", REPLY)
                .POST(HttpRequest.BodyPublishers.ofByteArray(query))
                .build();
        HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            if (response.statusCode() != OK) {
                throw new StampRefused("the authority answers " + response.statusCode());
            }
            byte[] answer = body.readNBytes(StampVerifier.MAX_BYTES + 1);
            if (answer.length > StampVerifier.MAX_BYTES) {
                throw new StampRefused("the authority answers with more than " + StampVerifier.MAX_BYTES + " bytes");
            }
            return answer;
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}

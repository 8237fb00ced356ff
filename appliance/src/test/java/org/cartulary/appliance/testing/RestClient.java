package org.cartulary.appliance.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** An ordinary HTTP client, with a token or without. */
public final class RestClient {
    public static final ObjectMapper JSON = new ObjectMapper();

    private static final Set<String> ENDS = Set.of("ready", "duplicate", "failed");
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private final URI address;
    private final String token;

    /**
     * @param token empty for a stranger
     */
    public RestClient(String address, String token) {
        this.address = URI.create(address);
        this.token = token;
    }

    /** Ends in a slash. */
    public String address() {
        return address.toString();
    }

    public String token() {
        return token;
    }

    public RestClient withToken(String other) {
        return new RestClient(address.toString(), other);
    }

    /** One event of a stream. */
    public record Event(String name, String data) {
        public JsonNode json() {
            return parsed(data);
        }
    }

    public HttpResponse<String> get(String path) {
        return text(request(path).GET().build());
    }

    public HttpResponse<byte[]> bytes(String path) {
        return sent(request(path).GET().build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    public JsonNode json(String path) {
        return parsed(get(path).body());
    }

    public HttpResponse<String> post(String path, String json) {
        return text(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    public HttpResponse<String> put(String path, String json) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(json)));
    }

    public HttpResponse<String> call(String method, String path) {
        return text(request(path)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build());
    }

    public HttpResponse<byte[]> download(String path) {
        return sent(
                request(path).POST(HttpRequest.BodyPublishers.noBody()).build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        return text(request.build());
    }

    /** A request that bears the token, to be finished. */
    public HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address.resolve(path)).timeout(Duration.ofMinutes(2));
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    public HttpResponse<String> ask(String question, String collection) {
        return post("/api/ask", question(question, collection));
    }

    /** The events of a streamed answer; the lines arrive as they are sent. */
    public List<Event> stream(String path, String json) {
        List<Event> events = new ArrayList<>();
        lines(path, json).forEach(new EventLines(events)::take);
        return events;
    }

    /** The raw lines of a stream, as they arrive. */
    public Stream<String> lines(String path, String json) {
        return sent(
                        request(path)
                                .header("Content-Type", "application/json")
                                .header("Accept", "text/event-stream")
                                .POST(HttpRequest.BodyPublishers.ofString(json))
                                .build(),
                        HttpResponse.BodyHandlers.ofLines())
                .body();
    }

    /** Sends a request for a whole answer and goes away when told to, without reading it. */
    public void abandon(String path, String json, Runnable untilThen) {
        CompletableFuture<HttpResponse<Void>> waiting = HTTP.sendAsync(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
        untilThen.run();
        assertThat(waiting.isDone()).as("answered before it was abandoned").isFalse();
        waiting.cancel(true);
    }

    public static String question(String question, String collection) {
        return JSON.createObjectNode()
                .put("question", question)
                .put("collection", collection)
                .toString();
    }

    /** Sends a file and waits for its job's end. */
    public JsonNode upload(String collection, String path, byte[] bytes) {
        return ended(submit(collection, path, bytes));
    }

    /** Sends a file; returns its job as accepted. */
    public JsonNode submit(String collection, String path, byte[] bytes) {
        HttpResponse<String> accepted = text(request("/api/collections/" + collection + "/documents?path="
                        + URLEncoder.encode(path, StandardCharsets.UTF_8))
                .header("Content-Type", "application/octet-stream")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes))
                .build());
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        return parsed(accepted.body()).path("jobs").path(0);
    }

    /** Waits for a job's end. */
    public JsonNode ended(JsonNode job) {
        JsonNode latest = job;
        while (!ENDS.contains(latest.path("state").asText())) {
            HttpResponse<String> response = get("/api/jobs/" + job.path("id").asText() + "?wait=30");
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            latest = parsed(response.body());
        }
        return latest;
    }

    public static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException("Not JSON: " + text, e);
        }
    }

    private HttpResponse<String> text(HttpRequest request) {
        return sent(request, HttpResponse.BodyHandlers.ofString());
    }

    private static <T> HttpResponse<T> sent(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return HTTP.send(request, handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static final class EventLines {
        private final List<Event> events;
        private String name = "";

        EventLines(List<Event> events) {
            this.events = events;
        }

        void take(String line) {
            if (line.startsWith("event:")) {
                name = line.substring(6).strip();
            } else if (line.startsWith("data:")) {
                events.add(new Event(name, line.substring(5).strip()));
            }
        }
    }
}

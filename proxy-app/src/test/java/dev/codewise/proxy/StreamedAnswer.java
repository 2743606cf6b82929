package dev.codewise.proxy;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/** A chat completion as it comes to a client that reads it while it is being given, and that may hang up. */
final class StreamedAnswer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<String> events = new CopyOnWriteArrayList<>();
    private final String requestId;
    private final InputStream body;
    private final CompletableFuture<Void> reading;

    private StreamedAnswer(String requestId, InputStream body) {
        this.requestId = requestId;
        this.body = body;
        this.reading = CompletableFuture.runAsync(this::read);
    }

    static StreamedAnswer to(String question, URI proxy) throws Exception {
        var request = HttpRequest.newBuilder(proxy.resolve("/v1/chat/completions"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"model\":\"sonnet\",\"stream\":true,\"messages\":"
                        + "[{\"role\":\"user\",\"content\":\"" + question + "\"}]}"))
                .build();
        var response = HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream());
        String requestId = response.headers().firstValue("x-request-id").orElse("");
        return new StreamedAnswer(requestId, response.body());
    }

    private void read() {
        try (var reader = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            reader.lines()
                    .filter(line -> line.startsWith("data: "))
                    .map(line -> line.substring("data: ".length()))
                    .forEach(events::add);
        } catch (IOException | UncheckedIOException broken) {
            // what came before is all there will be
        }
    }

    /** As the proxy calls the request. */
    String requestId() {
        return requestId;
    }

    /** All text so far. */
    String text() {
        var text = new StringBuilder();
        var json = new JsonMapper();
        events.stream()
                .filter(event -> event.startsWith("{"))
                .map(json::readTree)
                .forEach(event ->
                        text.append(event.at("/choices/0/delta/content").asString("")));
        return text.toString();
    }

    void awaitText(String text) {
        await().atMost(PATIENCE).until(() -> text().equals(text));
    }

    /** Whether it came to its end as it should. */
    boolean isComplete() {
        reading.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        return events.contains("[DONE]") && events.stream().noneMatch(event -> event.contains("\"error\""));
    }

    @Override
    public String toString() {
        return String.join("\n", events);
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}

package dev.codewise.agent.upload;

import dev.codewise.protocol.Protocol;
import dev.codewise.protocol.RunMessage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.json.JsonMapper;

/** Posts one message to the proxy and says what came of it. */
public final class Poster {

    private static final Duration WHOLE_POST = Duration.ofSeconds(30);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Duration UNSAID_WAIT = Duration.ofSeconds(1);

    private final HttpClient http;
    private final HttpRequest template;
    private final JsonMapper json = new JsonMapper();

    public Poster(HttpClient http, URI responses, String secret, String agentId) {
        this.http = http;
        this.template = HttpRequest.newBuilder(responses)
                .timeout(WHOLE_POST)
                .header("Authorization", "Bearer " + secret)
                .header(Protocol.AGENT_ID, agentId)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.noBody())
                .build();
    }

    Reply post(RunMessage message) throws InterruptedException {
        var body = BodyPublishers.ofByteArray(json.writeValueAsBytes(message));
        var request = HttpRequest.newBuilder(template, (name, value) -> true)
                .POST(body)
                .build();
        var exchange = http.sendAsync(request, BodyHandlers.discarding());
        try {
            var response = exchange.get(WHOLE_POST.toMillis(), TimeUnit.MILLISECONDS);
            return Reply.of(response.statusCode(), retryAfter(response));
        } catch (ExecutionException | TimeoutException e) {
            return Reply.NONE;
        } finally {
            exchange.cancel(true);
        }
    }

    /** In seconds, as this protocol has it; what cannot be read counts as unsaid. */
    private static Duration retryAfter(HttpResponse<?> response) {
        try {
            var seconds = response.headers().firstValueAsLong("Retry-After").orElse(UNSAID_WAIT.toSeconds());
            return Duration.ofSeconds(Math.max(0, Math.min(seconds, LONGEST_WAIT.toSeconds())));
        } catch (NumberFormatException e) {
            return UNSAID_WAIT;
        }
    }
}

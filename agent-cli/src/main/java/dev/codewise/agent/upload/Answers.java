package dev.codewise.agent.upload;

import dev.codewise.protocol.Receipt;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Waits for the proxy's answers and reads them; knows when something was last said to it. */
final class Answers {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Duration UNSAID_WAIT = Duration.ofSeconds(1);

    /** Where the body says nothing that can be read, the status does. */
    private static final Receipt NO_RECEIPT = new Receipt(false, null);

    private final JsonMapper json = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();
    private volatile long lastSaid = System.nanoTime();

    Reply await(CompletableFuture<HttpResponse<byte[]>> exchange) throws InterruptedException {
        try {
            var response = exchange.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            said();
            return Reply.of(response.statusCode(), retryAfter(response), receipt(response.body()));
        } catch (ExecutionException | TimeoutException | CancellationException e) {
            return Reply.NONE;
        } finally {
            exchange.cancel(true);
        }
    }

    /** Something has just been said to the proxy. */
    void said() {
        lastSaid = System.nanoTime();
    }

    Duration silence() {
        return Duration.ofNanos(System.nanoTime() - lastSaid);
    }

    private Receipt receipt(byte[] body) {
        try {
            var receipt = body.length == 0 ? null : json.readValue(body, Receipt.class);
            return receipt == null ? NO_RECEIPT : receipt;
        } catch (JacksonException e) {
            return NO_RECEIPT;
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

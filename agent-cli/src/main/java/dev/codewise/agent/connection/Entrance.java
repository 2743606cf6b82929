package dev.codewise.agent.connection;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Where streams are asked for, one at a time. */
final class Entrance {

    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http;
    private final Access access;
    private volatile boolean closed;
    private volatile @Nullable Future<?> pending;

    Entrance(HttpClient http, Access access) {
        this.http = http;
        this.access = access;
    }

    HttpResponse<InputStream> open() throws ExecutionException, InterruptedException {
        var opening = http.sendAsync(access.request(), BodyHandlers.ofInputStream());
        pending = opening;
        if (closed) {
            opening.cancel(true);
        }
        try {
            return opening.get(ANSWER_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            opening.cancel(true);
            throw new ExecutionException(e);
        }
    }

    /** Whoever waits for a stream, or will ask for one, gets none. */
    void close() {
        closed = true;
        var opening = pending;
        if (opening != null) {
            opening.cancel(true);
        }
    }

    static boolean isEventStream(HttpResponse<?> response) {
        return response.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream");
    }

    static void closeQuietly(HttpResponse<InputStream> response) {
        try {
            response.body().close();
        } catch (IOException e) {
            // nobody wanted what was in it
        }
    }
}

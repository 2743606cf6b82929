package dev.codewise.agent.connection;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Keeps one event stream to the proxy for as long as this program wants it, through every loss of it. */
public final class ProxyConnection {

    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http;
    private final Access access;
    private final ProxyListener listener;
    private final ReconnectDelay delays;
    private final CountDownLatch closing = new CountDownLatch(1);
    private boolean everConnected;
    private volatile @Nullable Future<?> pending;
    private volatile @Nullable EventStream current;

    public ProxyConnection(HttpClient http, Access access, ProxyListener listener) {
        this(
                http,
                access,
                listener,
                new ReconnectDelay(() -> ThreadLocalRandom.current().nextDouble()));
    }

    ProxyConnection(HttpClient http, Access access, ProxyListener listener, ReconnectDelay delays) {
        this.http = http;
        this.access = access;
        this.listener = listener;
        this.delays = delays;
    }

    /** Returns only when the connection was given up for good. */
    public ConnectionEnd run() throws InterruptedException {
        var end = Optional.<ConnectionEnd>empty();
        while (end.isEmpty() && !isClosing()) {
            end = attempt();
        }
        return end.orElse(ConnectionEnd.CLOSED);
    }

    public void close() {
        closing.countDown();
        var opening = pending;
        if (opening != null) {
            opening.cancel(true);
        }
        var stream = current;
        if (stream != null) {
            stream.close();
        }
    }

    private Optional<ConnectionEnd> attempt() throws InterruptedException {
        try {
            var response = open();
            return response.statusCode() == 200 ? read(response) : refused(response);
        } catch (CancellationException e) {
            return Optional.of(ConnectionEnd.CLOSED);
        } catch (ExecutionException e) {
            return retryIn(delays.afterConnectionOf(Duration.ZERO), Reasons.of(e));
        }
    }

    private HttpResponse<InputStream> open() throws ExecutionException, InterruptedException {
        var opening = http.sendAsync(access.request(), BodyHandlers.ofInputStream());
        pending = opening;
        if (isClosing()) {
            opening.cancel(true);
        }
        try {
            return opening.get(ANSWER_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            opening.cancel(true);
            throw new ExecutionException(e);
        }
    }

    private Optional<ConnectionEnd> read(HttpResponse<InputStream> response) throws InterruptedException {
        if (!isEventStream(response)) {
            closeQuietly(response.body());
            return retryIn(
                    delays.afterConnectionOf(Duration.ZERO), "what answered is no Codewise proxy; is --url right?");
        }
        everConnected = true;
        var started = System.nanoTime();
        var next = readEvents(response.body());
        var connectedFor = Duration.ofNanos(System.nanoTime() - started);
        return switch (next) {
            case REPLACED -> Optional.of(ConnectionEnd.REPLACED);
            case SENT_AWAY -> Optional.of(ConnectionEnd.SENT_AWAY);
            case GO_ON -> lost(connectedFor);
        };
    }

    private Optional<ConnectionEnd> lost(Duration connectedFor) throws InterruptedException {
        return isClosing()
                ? Optional.of(ConnectionEnd.CLOSED)
                : retryIn(delays.afterConnectionOf(connectedFor), "the connection was lost");
    }

    private EventDispatch.Next readEvents(InputStream body) {
        try (var stream = new EventStream(body, listener)) {
            current = stream;
            return isClosing() ? EventDispatch.Next.GO_ON : stream.readToItsEnd();
        } finally {
            current = null;
        }
    }

    private Optional<ConnectionEnd> refused(HttpResponse<InputStream> response) throws InterruptedException {
        var reason = Refusal.read(response.statusCode(), response.body());
        return switch (response.statusCode()) {
            case 400 -> refusedForGood(reason);
            case 401 -> unauthorized();
            default -> retryIn(delayAsked(response), reason);
        };
    }

    private Optional<ConnectionEnd> refusedForGood(String reason) {
        listener.refused(reason);
        return Optional.of(ConnectionEnd.REFUSED);
    }

    /** A secret that was good before may become good again, when it is only being exchanged. */
    private Optional<ConnectionEnd> unauthorized() throws InterruptedException {
        if (!everConnected) {
            return Optional.of(ConnectionEnd.UNAUTHORIZED);
        }
        listener.unauthorized(ReconnectDelay.AFTER_UNAUTHORIZED);
        closing.await(ReconnectDelay.AFTER_UNAUTHORIZED.toMillis(), TimeUnit.MILLISECONDS);
        return Optional.empty();
    }

    private Optional<ConnectionEnd> retryIn(Duration delay, String reason) throws InterruptedException {
        if (!isClosing()) {
            listener.disconnected(reason, delay);
            closing.await(delay.toMillis(), TimeUnit.MILLISECONDS);
        }
        return Optional.empty();
    }

    private Duration delayAsked(HttpResponse<?> response) {
        var own = delays.afterConnectionOf(Duration.ZERO);
        var asked = ReconnectDelay.asked(
                response.headers().firstValue("Retry-After").orElse(""));
        return asked.compareTo(own) > 0 ? asked : own;
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private static boolean isEventStream(HttpResponse<?> response) {
        return response.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream");
    }

    private static void closeQuietly(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            // nobody wanted what was in it
        }
    }
}

package dev.codewise.agent.connection;

import dev.codewise.protocol.ProxyEvent.Drain;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Keeps one event stream to the proxy for as long as this program wants it, through every loss of it. */
public final class ProxyConnection {

    private final Entrance entrance;
    private final ProxyListener listener;
    private final ReconnectDelay delays;
    private final CountDownLatch closing = new CountDownLatch(1);
    private boolean everConnected;
    private @Nullable HttpResponse<InputStream> opened;
    private @Nullable Successor successor;
    private volatile @Nullable EventStream current;

    public ProxyConnection(HttpClient http, Access access, ProxyListener listener) {
        this(
                http,
                access,
                listener,
                new ReconnectDelay(() -> ThreadLocalRandom.current().nextDouble()));
    }

    ProxyConnection(HttpClient http, Access access, ProxyListener listener, ReconnectDelay delays) {
        this.entrance = new Entrance(http, access);
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
        entrance.close();
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

    /** One that has been opened already, to follow another, comes first. */
    private HttpResponse<InputStream> open() throws ExecutionException, InterruptedException {
        var ready = opened;
        opened = null;
        return ready == null ? entrance.open() : ready;
    }

    private Optional<ConnectionEnd> read(HttpResponse<InputStream> response) throws InterruptedException {
        if (!Entrance.isEventStream(response)) {
            Entrance.closeQuietly(response);
            return retryIn(
                    delays.afterConnectionOf(Duration.ZERO), "what answered is no Codewise proxy; is --url right?");
        }
        everConnected = true;
        var started = System.nanoTime();
        var next = readEvents(response.body());
        var drained = endSuccession();
        var connectedFor = Duration.ofNanos(System.nanoTime() - started);
        return switch (next) {
            case REPLACED -> Optional.of(ConnectionEnd.REPLACED);
            case SENT_AWAY -> Optional.of(ConnectionEnd.SENT_AWAY);
            case GO_ON -> lost(connectedFor, drained);
        };
    }

    /** Takes what was found to follow the stream that has ended; false where nobody looked. */
    private boolean endSuccession() {
        var followed = successor;
        successor = null;
        opened = followed == null ? null : followed.take().orElse(null);
        return followed != null;
    }

    private Optional<ConnectionEnd> lost(Duration connectedFor, boolean drained) throws InterruptedException {
        if (isClosing()) {
            return Optional.of(ConnectionEnd.CLOSED);
        }
        if (opened != null) {
            return Optional.empty();
        }
        return drained
                ? retryIn(delays.afterDrain(), "the proxy has stopped")
                : retryIn(delays.afterConnectionOf(connectedFor), "the connection was lost");
    }

    private EventDispatch.Next readEvents(InputStream body) {
        try (var stream = new EventStream(body, listener, this::drained)) {
            current = stream;
            return isClosing() ? EventDispatch.Next.GO_ON : stream.readToItsEnd();
        } finally {
            current = null;
        }
    }

    /** Looks for another stream while this one is still read, so that nothing is missed in between. */
    private void drained(Drain drain) {
        var leaving = current;
        if (successor == null && leaving != null) {
            listener.draining(drain);
            successor = new Successor(entrance, delays.random(), leaving::close);
            successor.search(drain);
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
}

package dev.codewise.agent.connection;

import dev.codewise.protocol.ProxyEvent.Drain;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** The search for a stream that is to follow another one, whose proxy stops; the other is closed when it is found. */
final class Successor {

    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    private final Entrance entrance;
    private final DoubleSupplier random;
    private final Runnable found;
    private @Nullable HttpResponse<InputStream> stream;
    private boolean over;

    /** The random numbers are from 0 to 1. */
    Successor(Entrance entrance, DoubleSupplier random, Runnable found) {
        this.entrance = entrance;
        this.random = random;
        this.found = found;
    }

    void search(Drain drain) {
        var thread = new Thread(() -> searchFor(drain), "connection-successor");
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends the search, and gives what it has found. */
    synchronized Optional<HttpResponse<InputStream>> take() {
        over = true;
        notifyAll();
        return Optional.ofNullable(stream);
    }

    private void searchFor(Drain drain) {
        var until = System.nanoTime() + Duration.ofMillis(drain.deadlineMs()).toNanos();
        try {
            var pause = Duration.ofMillis((long) (random.getAsDouble() * Math.max(0, drain.reconnectWithinMs())));
            while (pauses(pause) && System.nanoTime() < until) {
                attempt();
                pause = BETWEEN_TRIES;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void attempt() throws InterruptedException {
        try {
            var response = entrance.open();
            if (response.statusCode() == 200 && Entrance.isEventStream(response)) {
                offer(response);
            } else {
                Entrance.closeQuietly(response);
            }
        } catch (ExecutionException | CancellationException e) {
            // there is nobody yet; the stream that is there still serves
        }
    }

    private synchronized void offer(HttpResponse<InputStream> response) {
        if (over) {
            Entrance.closeQuietly(response);
        } else {
            over = true;
            stream = response;
            found.run();
        }
    }

    /** False when the search is over. */
    private synchronized boolean pauses(Duration pause) throws InterruptedException {
        var until = System.nanoTime() + pause.toNanos();
        for (var left = pause.toMillis(); left > 0 && !over; left = (until - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
        return !over;
    }
}

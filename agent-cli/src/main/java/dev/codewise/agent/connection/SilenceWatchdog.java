package dev.codewise.agent.connection;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;

/** Closes a stream on which nothing came for too long, so that its reader goes on to the next attempt. */
final class SilenceWatchdog implements AutoCloseable {

    private final Closeable stream;
    private Duration limit;
    private long lastHeard = System.nanoTime();
    private boolean closed;

    SilenceWatchdog(Closeable stream, Duration limit) {
        this.stream = stream;
        this.limit = limit;
    }

    void start() {
        var thread = new Thread(this::watch, "connection-watchdog");
        thread.setDaemon(true);
        thread.start();
    }

    synchronized void allow(Duration silence) {
        limit = silence;
        notifyAll();
    }

    synchronized void heard() {
        lastHeard = System.nanoTime();
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }

    private void watch() {
        try {
            if (silenceLasts()) {
                stream.close();
            }
        } catch (InterruptedException | IOException e) {
            // either way there is nothing left to watch
        }
    }

    /** Waits until the limit is over; false when the watch ended before. */
    private synchronized boolean silenceLasts() throws InterruptedException {
        for (var left = left(); left > 0 && !closed; left = left()) {
            wait(left);
        }
        return !closed;
    }

    private long left() {
        return limit.toMillis() - (System.nanoTime() - lastHeard) / 1_000_000;
    }
}

package dev.codewise.agent.run;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The places for runs, and the memory of which requests have had one.
 *
 * <p>A run leaves its place when its process is gone, which is a little after the proxy has the whole answer. So as many requests
 * again may wait for the places that are about to be left.
 */
final class Slots {

    /** What became of the wish for a place. */
    enum Taking {
        TAKEN,
        KNOWN,
        FULL,
        CLOSED
    }

    /** A request is repeated soon or never. */
    private static final int REMEMBERED = 1000;

    private final int count;
    private final Duration patience;
    private final Map<String, Run> running = new LinkedHashMap<>();
    private final Set<String> known = new LinkedHashSet<>();
    private boolean closed;

    /** Nobody waits for a place for longer than that. */
    Slots(int count, Duration patience) {
        this.count = count;
        this.patience = patience;
    }

    synchronized Taking take(String requestId, Run run) {
        if (known.contains(requestId)) {
            return Taking.KNOWN;
        }
        if (closed || running.size() >= 2 * count) {
            return closed ? Taking.CLOSED : Taking.FULL;
        }
        running.put(requestId, run);
        remember(requestId);
        return Taking.TAKEN;
    }

    /** Whether the place is there now, in the order in which they were taken; false where nobody has left one in time. */
    synchronized boolean awaitPlace(String requestId) throws InterruptedException {
        var until = System.nanoTime() + patience.toNanos();
        for (var left = patience.toMillis(); left > 0 && !hasPlace(requestId); left = millisUntil(until)) {
            wait(left);
        }
        return hasPlace(requestId);
    }

    private boolean hasPlace(String requestId) {
        return running.keySet().stream().limit(count).anyMatch(requestId::equals);
    }

    synchronized boolean knows(String requestId) {
        return known.contains(requestId);
    }

    synchronized Optional<Run> find(String requestId) {
        return Optional.ofNullable(running.get(requestId));
    }

    /** How many more would be taken now. */
    synchronized int free() {
        return closed ? 0 : Math.max(0, count - running.size());
    }

    private void remember(String requestId) {
        known.add(requestId);
        if (known.size() > REMEMBERED + count) {
            known.remove(known.iterator().next());
        }
    }

    synchronized void free(String requestId) {
        running.remove(requestId);
        notifyAll();
    }

    synchronized void close() {
        closed = true;
    }

    synchronized List<Run> running() {
        return List.copyOf(running.values());
    }

    synchronized boolean awaitEmpty(Duration patience) throws InterruptedException {
        var until = System.nanoTime() + patience.toNanos();
        for (var left = patience.toMillis(); left > 0 && !running.isEmpty(); left = millisUntil(until)) {
            wait(left);
        }
        return running.isEmpty();
    }

    private static long millisUntil(long nanoTime) {
        return (nanoTime - System.nanoTime()) / 1_000_000;
    }
}

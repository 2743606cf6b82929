package dev.codewise.agent.claude;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/**
 * The conversations that wait, each with its process, for what comes of the calls it made; each under the name of the request that
 * it answered, and for nobody but the one who continues that. Where there is no room for all, those that have waited longest go.
 */
final class Parking {

    private final ParkingRoom room;
    private final ToLongFunction<Conversation> size;
    private final Map<String, Parked> parked = new LinkedHashMap<>();
    private final ScheduledThreadPoolExecutor clock =
            new ScheduledThreadPoolExecutor(1, work -> Threads.daemon("claude-parked", work));
    private boolean closed;

    /** The size is what a conversation takes of the memory, in bytes. */
    Parking(ParkingRoom room, ToLongFunction<Conversation> size) {
        this.room = room;
        this.size = size;
        clock.setRemoveOnCancelPolicy(true);
    }

    private record Parked(Conversation conversation, ScheduledFuture<?> end) {}

    synchronized boolean isOpen() {
        return !closed && !room.isNone();
    }

    /** Says for how long it waits: not at all where there is no room for it. */
    synchronized Duration put(String name, Conversation conversation) {
        if (!isOpen()) {
            return Duration.ZERO;
        }
        conversation.keep();
        var end = clock.schedule(() -> end(name), room.longest().toMillis(), TimeUnit.MILLISECONDS);
        parked.put(name, new Parked(conversation, end));
        makeRoom();
        conversation.onEnd(() -> end(name));
        return parked.containsKey(name) ? room.longest() : Duration.ZERO;
    }

    private void makeRoom() {
        while (!parked.isEmpty() && (parked.size() > room.most() || bytes() > room.bytes())) {
            end(parked.keySet().iterator().next());
        }
    }

    private long bytes() {
        return parked.values().stream()
                .mapToLong(waiting -> size.applyAsLong(waiting.conversation()))
                .sum();
    }

    /** Whoever takes a conversation is its only owner. */
    synchronized Optional<Conversation> take(String name) {
        var found = Optional.ofNullable(parked.remove(name));
        found.ifPresent(waiting -> waiting.end().cancel(false));
        return found.map(Parked::conversation);
    }

    /** Nobody will continue it, if it still waits. Returns at once. */
    void end(String name) {
        take(name).ifPresent(Parking::end);
    }

    static void end(Conversation conversation) {
        Threads.startDaemon("claude-unpark", conversation::end);
    }

    /** From now on none waits; returns at once. */
    void close() {
        forsake().forEach(Parking::end);
        clock.shutdownNow();
    }

    private synchronized List<Conversation> forsake() {
        closed = true;
        return List.copyOf(parked.keySet()).stream()
                .flatMap(name -> take(name).stream())
                .toList();
    }

    synchronized int count() {
        return parked.size();
    }
}

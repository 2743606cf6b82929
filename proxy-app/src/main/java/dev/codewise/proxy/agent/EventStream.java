package dev.codewise.proxy.agent;

import dev.codewise.protocol.ProxyEvent;
import dev.codewise.proxy.access.Badge;
import java.util.concurrent.ArrayBlockingQueue;
import reactor.core.Scannable.Attr;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.publisher.Sinks.EmitResult;

/** The way to one agent: by whose leave it is there, events in the order they were sent, and the news that nobody reads them any more. */
final class EventStream {

    /** More unread events than this, and the agent is taken for one that does not read. */
    private static final int UNREAD_LIMIT = 256;

    private final String connectionId;
    private final Sinks.Many<ProxyEvent> events =
            Sinks.unsafe().many().unicast().onBackpressureBuffer(new ArrayBlockingQueue<>(UNREAD_LIMIT));
    private final Sinks.Empty<Void> cut = Sinks.empty();
    private final Sinks.Empty<Void> ended = Sinks.empty();
    private volatile Badge badge;
    private volatile boolean closing;

    EventStream(String connectionId, Badge badge) {
        this.connectionId = connectionId;
        this.badge = badge;
    }

    /** Of an agent that shares its secret with others. */
    EventStream(String connectionId) {
        this(connectionId, Badge.SHARED);
    }

    Badge badge() {
        return badge;
    }

    /** The same badge, as it is by now. */
    void show(Badge newest) {
        badge = newest;
    }

    String connectionId() {
        return connectionId;
    }

    /** To be subscribed once, by the connection that carries it. */
    Flux<ProxyEvent> events() {
        return events.asFlux().takeUntilOther(cut.asMono()).doFinally(signal -> ended.tryEmitEmpty());
    }

    /** Whether the event is on its way; false where nobody reads, or not fast enough. */
    synchronized boolean send(ProxyEvent event) {
        return events.tryEmitNext(event) == EmitResult.OK;
    }

    /** Lets what was sent be read, then ends the stream. */
    synchronized void close() {
        closing = true;
        events.tryEmitComplete();
    }

    /** Ends the stream at once, for nobody seems to read it. */
    void cut() {
        closing = true;
        cut.tryEmitEmpty();
    }

    /** Whether somebody may still read what is sent. */
    boolean isOpen() {
        return !closing && !ended.scanOrDefault(Attr.TERMINATED, false);
    }

    /** Completes when the stream is over, whoever ended it. */
    Mono<Void> ended() {
        return ended.asMono();
    }
}

package dev.codewise.agent.connection;

import dev.codewise.protocol.Protocol;
import dev.codewise.protocol.ProxyEvent.Connected;
import dev.codewise.protocol.ProxyEvent.Drain;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.Consumer;

/** One open stream: reads it to its end, which comes too when nothing at all arrives for two and a half pings. */
final class EventStream implements AutoCloseable {

    /** What the other fields of an event and the escapes of its text may add to its prompt. */
    private static final int SLACK = 64 * 1024;

    private static final Duration UNTIL_GREETED = Duration.ofSeconds(75);
    private static final long SHORTEST_PING_MS = 10;

    private final InputStream body;
    private final EventReader reader;
    private final EventDispatch dispatch;
    private final SilenceWatchdog watchdog;

    EventStream(InputStream body, ProxyListener listener, Consumer<Drain> drained) {
        this.body = body;
        this.watchdog = new SilenceWatchdog(body, UNTIL_GREETED);
        var limit = Protocol.MAX_REQUEST_BYTES + SLACK;
        this.reader = new EventReader(new StreamLines(body, limit, watchdog::heard), limit);
        this.dispatch = new EventDispatch(listener, this::greeted, drained);
    }

    EventDispatch.Next readToItsEnd() {
        var next = EventDispatch.Next.GO_ON;
        watchdog.start();
        try {
            for (var event = reader.next(); event.isPresent(); event = reader.next()) {
                next = dispatch.dispatch(event.get());
                if (next != EventDispatch.Next.GO_ON) {
                    return next;
                }
            }
        } catch (IOException e) {
            // broken, or closed by the watchdog: an end like any other
        }
        return next;
    }

    private void greeted(Connected connected) {
        var ping = Math.max(SHORTEST_PING_MS, connected.pingIntervalMs());
        watchdog.allow(Duration.ofMillis(ping * 5 / 2));
    }

    @Override
    public void close() {
        watchdog.close();
        try {
            body.close();
        } catch (IOException e) {
            // closed is closed
        }
    }
}

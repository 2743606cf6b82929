package dev.codewise.agent.upload;

import dev.codewise.protocol.AgentMessage.Probe;
import dev.codewise.protocol.RunMessage;
import java.time.Duration;

/**
 * The POSTs of one run, in each of which one line after the other is written while there are any.
 *
 * <p>Java's HTTP client reads an answer only behind the whole of what it has to send. So a POST is ended after a while, and the
 * next one begun: that tells how far the proxy has come, and whether it wants any more.
 */
final class LineUpload {

    private final String requestId;
    private final Poster poster;
    private final Duration longestPost;

    LineUpload(String requestId, Poster poster, Duration longestPost) {
        this.requestId = requestId;
        this.poster = poster;
        this.longestPost = longestPost;
    }

    /** Sends what was sent before and may not have arrived, and then what comes. */
    Reply send(Unacknowledged held, Outbox outbox) throws InterruptedException {
        var until = System.nanoTime() + longestPost.toNanos();
        try (var post = poster.stream(requestId)) {
            var open = true;
            for (var line : held.lines()) {
                open = open && post.write(line);
            }
            while (open && !held.isFull() && !held.hasEnded()) {
                var message = outbox.take(until);
                open = message.isPresent() && post.write(kept(message.get(), held, outbox));
            }
            return post.answer();
        }
    }

    private byte[] kept(RunMessage message, Unacknowledged held, Outbox outbox) {
        var numbered = held.number(message);
        var line = poster.line(numbered);
        held.add(numbered, line);
        outbox.hold(held.bytes());
        return line;
    }

    /** What of it has arrived? */
    Reply probe() throws InterruptedException {
        return poster.post(new Probe(requestId));
    }

    Reply post(RunMessage message) throws InterruptedException {
        return poster.post(message);
    }
}

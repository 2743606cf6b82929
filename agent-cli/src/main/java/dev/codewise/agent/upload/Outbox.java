package dev.codewise.agent.upload;

import dev.codewise.protocol.Protocol;
import dev.codewise.protocol.RunError;
import dev.codewise.protocol.RunErrorCode;
import dev.codewise.protocol.RunMessage;
import dev.codewise.protocol.RunMessage.Chunk;
import dev.codewise.protocol.RunMessage.Failed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is still to be sent of one run. Text that comes while a message is under way is joined into the next one; whoever adds
 * more than the hold takes waits.
 */
final class Outbox {

    static final int HOLD = 1024 * 1024;

    /** A character takes at most six bytes in JSON, so that such a chunk fits into one message whatever is in it. */
    static final int LONGEST_CHUNK = Math.min(Protocol.MAX_CHUNK_CHARS, (Protocol.MAX_MESSAGE_BYTES - 4096) / 6);

    /** So much text is sent without waiting for more. */
    private static final int ENOUGH = 16 * 1024;

    /** So long text that follows other text waits for more. */
    private static final Duration GATHERING = Duration.ofMillis(25);

    private final String requestId;
    private final StringBuilder text = new StringBuilder();
    private int unacknowledged;
    private boolean signOfLife;
    private boolean doubt;
    private boolean closed;
    private long lastTaken = System.nanoTime();
    private @Nullable RunMessage last;

    Outbox(String requestId) {
        this.requestId = requestId;
    }

    synchronized void add(String piece) throws InterruptedException {
        while (text.length() + unacknowledged >= HOLD && !closed) {
            wait();
        }
        if (!closed) {
            text.append(piece);
            notifyAll();
        }
    }

    /** An empty chunk tells the proxy that the run goes on. */
    synchronized void addSignOfLife() {
        signOfLife = true;
        notifyAll();
    }

    synchronized void addLast(RunMessage message) {
        last = message;
        notifyAll();
    }

    /** Somebody doubts that the proxy still wants any of this. */
    synchronized void addDoubt() {
        doubt = true;
        notifyAll();
    }

    synchronized boolean takeDoubt() {
        var doubted = doubt;
        doubt = false;
        return doubted;
    }

    /** So many bytes of what was taken are kept elsewhere, for they may have to be sent again. */
    synchronized void hold(int bytes) {
        unacknowledged = bytes;
        notifyAll();
    }

    /** Forgets everything and lets nobody wait any more. */
    synchronized void close() {
        closed = true;
        text.setLength(0);
        notifyAll();
    }

    /** Waits for the next message; nothing when the box is closed. */
    synchronized Optional<RunMessage> take() throws InterruptedException {
        while (!closed && isEmpty()) {
            wait();
        }
        return next();
    }

    /** The same, but for no longer than until then; text that follows closely upon other text is gathered for a moment. */
    synchronized Optional<RunMessage> take(long untilNanoTime) throws InterruptedException {
        gather(Math.min(untilNanoTime, lastTaken + GATHERING.toNanos()));
        for (var left = millisUntil(untilNanoTime);
                left > 0 && !closed && isEmpty();
                left = millisUntil(untilNanoTime)) {
            wait(left);
        }
        return isEmpty() ? Optional.empty() : next();
    }

    private void gather(long untilNanoTime) throws InterruptedException {
        for (var left = millisUntil(untilNanoTime); left > 0 && mayGather(); left = millisUntil(untilNanoTime)) {
            wait(left);
        }
    }

    private boolean mayGather() {
        return !closed && last == null && text.length() < ENOUGH;
    }

    /** Waits until there is something to send, or somebody in doubt; false when the box is closed. */
    synchronized boolean awaitWork() throws InterruptedException {
        while (!closed && isEmpty() && !doubt) {
            wait();
        }
        return !closed;
    }

    private boolean isEmpty() {
        return last == null && !signOfLife && sendable() == 0;
    }

    private Optional<RunMessage> next() {
        if (closed) {
            return Optional.empty();
        }
        signOfLife = false;
        lastTaken = System.nanoTime();
        return Optional.of(text.length() == 0 && last != null ? last : chunk());
    }

    /** Whether nothing has been taken for so long. */
    synchronized boolean isQuietFor(Duration silence) {
        return System.nanoTime() - lastTaken > silence.toNanos();
    }

    /** What is said in place of an answer of which the proxy takes no more. */
    RunMessage tooLarge() {
        return new Failed(
                requestId, null, RunError.of(RunErrorCode.INTERNAL, "the answer is longer than the proxy takes"));
    }

    private static long millisUntil(long nanoTime) {
        return (nanoTime - System.nanoTime() + 999_999) / 1_000_000;
    }

    private RunMessage chunk() {
        var length = sendable();
        var content = text.substring(0, length);
        text.delete(0, length);
        notifyAll();
        return new Chunk(requestId, null, wellFormed(content));
    }

    /** Never the first half of a surrogate pair whose second half may still come. */
    private int sendable() {
        var length = Math.min(text.length(), LONGEST_CHUNK);
        var isCut = length > 0 && Character.isHighSurrogate(text.charAt(length - 1));
        return isCut && (last == null || length < text.length()) ? length - 1 : length;
    }

    /** Half a pair that stayed alone has no bytes of its own. */
    private static String wellFormed(String content) {
        return new String(content.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}

package dev.codewise.agent.upload;

import dev.codewise.protocol.Protocol;
import dev.codewise.protocol.RunMessage;
import dev.codewise.protocol.RunMessage.Chunk;
import java.nio.charset.StandardCharsets;
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

    private final String requestId;
    private final StringBuilder text = new StringBuilder();
    private boolean signOfLife;
    private boolean closed;
    private @Nullable RunMessage last;

    Outbox(String requestId) {
        this.requestId = requestId;
    }

    synchronized void add(String piece) throws InterruptedException {
        while (text.length() >= HOLD && !closed) {
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

    /** Forgets everything and lets nobody wait any more. */
    synchronized void close() {
        closed = true;
        text.setLength(0);
        notifyAll();
    }

    /** Waits for the next message; nothing when the box is closed. */
    synchronized Optional<RunMessage> take() throws InterruptedException {
        while (!closed && last == null && !signOfLife && sendable() == 0) {
            wait();
        }
        if (closed) {
            return Optional.empty();
        }
        signOfLife = false;
        return Optional.of(text.length() == 0 && last != null ? last : chunk());
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

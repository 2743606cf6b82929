package dev.codewise.agent.upload;

import dev.codewise.protocol.Protocol;
import dev.codewise.protocol.RunError;
import dev.codewise.protocol.RunErrorCode;
import dev.codewise.protocol.RunMessage;
import dev.codewise.protocol.RunMessage.Chunk;
import dev.codewise.protocol.RunMessage.Failed;
import dev.codewise.protocol.RunToolCall;
import dev.codewise.protocol.RunUsage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is still to be sent of one run. Output of one kind that comes while a message is under way is joined into the next one; whoever adds
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
    private final Deque<Stretch> output = new ArrayDeque<>();
    private int unacknowledged;
    private @Nullable RunUsage usage;
    private boolean signOfLife;
    private boolean doubt;
    private boolean closed;
    private long lastTaken = System.nanoTime();
    private @Nullable RunMessage last;

    Outbox(String requestId) {
        this.requestId = requestId;
    }

    /** An empty piece is none: a stretch of nothing would be in the way of what follows it. */
    synchronized void add(String piece) throws InterruptedException {
        awaitRoom();
        if (!closed && !piece.isEmpty()) {
            grow(output.isEmpty() || !output.getLast().isOfWords() ? Stretch.ofWords() : output.removeLast(), piece);
        }
    }

    synchronized void addThought(String piece) throws InterruptedException {
        awaitRoom();
        if (!closed && !piece.isEmpty()) {
            var isNew = output.isEmpty() || !output.getLast().isOfThoughts();
            grow(isNew ? Stretch.ofThoughts() : output.removeLast(), piece);
        }
    }

    /** What neither begins a call nor goes on with one is none either. */
    synchronized void add(RunToolCall piece) throws InterruptedException {
        awaitRoom();
        var arguments = piece.arguments() == null ? "" : piece.arguments();
        if (!closed && (piece.id() != null || !arguments.isEmpty())) {
            var isNew = output.isEmpty() || !output.getLast().isContinuedBy(piece);
            grow(isNew ? Stretch.of(piece) : output.removeLast(), arguments);
        }
    }

    private void awaitRoom() throws InterruptedException {
        while (length() + unacknowledged >= HOLD && !closed) {
            wait();
        }
    }

    private void grow(Stretch stretch, String piece) {
        stretch.add(piece);
        output.addLast(stretch);
        notifyAll();
    }

    private int length() {
        return output.stream().mapToInt(Stretch::length).sum();
    }

    /** Goes with the next chunk, for it is not worth one of its own. */
    synchronized void addUsage(RunUsage soFar) {
        usage = soFar;
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
        output.clear();
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
        return !closed && last == null && length() < ENOUGH;
    }

    /** Waits until there is something to send, or somebody in doubt; false when the box is closed. */
    synchronized boolean awaitWork() throws InterruptedException {
        while (!closed && isEmpty() && !doubt) {
            wait();
        }
        return !closed;
    }

    private boolean isEmpty() {
        return last == null && !signOfLife && !isOutputSendable();
    }

    private Optional<RunMessage> next() {
        if (closed) {
            return Optional.empty();
        }
        signOfLife = false;
        lastTaken = System.nanoTime();
        return Optional.of(output.isEmpty() && last != null ? last : chunk());
    }

    private boolean isOutputSendable() {
        return !output.isEmpty() && output.getFirst().isSendable(mayFirstGrow());
    }

    private boolean mayFirstGrow() {
        return last == null && output.size() == 1;
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
        var chunk = isOutputSendable() ? output() : new Chunk(requestId, null, "");
        var soFar = usage;
        usage = null;
        return soFar == null ? chunk : chunk.having(soFar);
    }

    private Chunk output() {
        var first = output.getFirst();
        var chunk = first.take(requestId, mayFirstGrow());
        if (first.isEmpty()) {
            output.removeFirst();
        }
        notifyAll();
        return chunk;
    }
}

package dev.codewise.agent.upload;

import dev.codewise.protocol.RunMessage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The messages of a run that have their numbers, and of which the proxy has not said yet that it has them. */
final class Unacknowledged {

    /** So much may be under way before the proxy is asked for a word. */
    private static final int MOST_BYTES = 256 * 1024;

    private final Deque<byte[]> lines = new ArrayDeque<>();
    private final AtomicLong next = new AtomicLong(1);
    private int bytes;
    private boolean ended;

    /** Gives the message the next number. */
    RunMessage number(RunMessage message) {
        return message.numbered(next());
    }

    /** Keeps what {@link #number} has made, as it goes over the wire. */
    void add(RunMessage message, byte[] line) {
        next.incrementAndGet();
        lines.add(line);
        bytes += line.length;
        ended = message.endsRun();
    }

    /** Forgets what comes before this number; true where there was any. */
    boolean acknowledge(long nextSeq) {
        var before = lines.size();
        while (!lines.isEmpty() && first() < nextSeq) {
            bytes -= lines.removeFirst().length;
        }
        return lines.size() < before;
    }

    private long first() {
        return next() - lines.size();
    }

    /** Whether what the proxy wants next is still here, or the very next to come. */
    boolean canGoOnAt(long nextSeq) {
        return first() <= nextSeq && nextSeq <= next();
    }

    List<byte[]> lines() {
        return List.copyOf(lines);
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    boolean isFull() {
        return bytes >= MOST_BYTES;
    }

    int bytes() {
        return bytes;
    }

    /** Whether the last message of the run is among those that were numbered. */
    boolean hasEnded() {
        return ended;
    }

    /** Can be asked by any thread. */
    long next() {
        return next.get();
    }
}

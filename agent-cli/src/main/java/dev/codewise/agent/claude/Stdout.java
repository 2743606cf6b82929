package dev.codewise.agent.claude;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Claude's output, read by a thread of its own, so that waiting for a line can end. Holds a few lines at most: whoever takes
 * them slowly lets claude wait at its pipe.
 */
final class Stdout {

    /** The longest answer of today's models in one line is a fraction of this; what is longer is no answer. */
    static final int LONGEST_LINE = 4 * 1024 * 1024;

    private static final int LINES_HELD = 4;

    /** An empty element is the end of the output. */
    private final BlockingQueue<Optional<byte[]>> lines = new ArrayBlockingQueue<>(LINES_HELD);

    private final BoundedLines source;
    private volatile boolean tooLong;
    private volatile boolean abandoned;

    Stdout(InputStream stream) {
        this.source = new BoundedLines(stream, LONGEST_LINE);
    }

    void startReading(String threadName) {
        Threads.startDaemon(threadName, this::read);
    }

    private void read() {
        try {
            readLines();
            lines.put(Optional.empty());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void readLines() throws InterruptedException {
        try {
            for (var line = source.next(); line != null && !abandoned; line = source.next()) {
                lines.put(Optional.of(line));
            }
        } catch (BoundedLines.LineTooLongException e) {
            tooLong = true;
        } catch (IOException e) {
            // the process was ended while it wrote: the same as the end of its output
        }
    }

    /** The next line, or nothing at the end of the output. */
    Optional<byte[]> next(Duration patience) throws InterruptedException, TimeoutException {
        var line = lines.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        if (line == null) {
            throw new TimeoutException();
        }
        return line;
    }

    boolean hadTooLongALine() {
        return tooLong;
    }

    /** Ends the output for its reader, even if somebody still holds the other end of the pipe. */
    void abandon() {
        abandoned = true;
        lines.clear();
        lines.offer(Optional.empty());
    }
}

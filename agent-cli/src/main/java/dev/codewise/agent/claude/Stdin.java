package dev.codewise.agent.claude;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Claude's input, written by a thread of its own, so that a claude that does not read blocks nobody. Holds what one prompt
 * needs, since each line is sent only after the one before was answered.
 */
final class Stdin {

    /** An empty line closes the input. */
    private static final byte[] CLOSE = new byte[0];

    private final BlockingQueue<byte[]> lines = new LinkedBlockingQueue<>();
    private final OutputStream stream;

    Stdin(OutputStream stream) {
        this.stream = stream;
    }

    void startWriting(String threadName) {
        Threads.startDaemon(threadName, this::write);
    }

    void send(byte[] line) {
        lines.add(line);
    }

    void close() {
        lines.add(CLOSE);
    }

    private void write() {
        try (stream) {
            for (var line = lines.take(); line.length > 0; line = lines.take()) {
                stream.write(line);
                stream.write('\n');
                stream.flush();
            }
        } catch (IOException e) {
            // the process is gone; the end of its output tells the same to those who wait for it
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package dev.codewise.agent.claude;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What claude complains about: read to the end by a thread of its own, of which the last few KiB are kept. */
final class Stderr {

    private static final int KEPT = 4 * 1024;

    private final InputStream stream;
    private final CountDownLatch over = new CountDownLatch(1);
    private byte[] tail = new byte[0];

    Stderr(InputStream stream) {
        this.stream = stream;
    }

    void startReading(String threadName) {
        Threads.startDaemon(threadName, this::read);
    }

    private void read() {
        var buffer = new byte[KEPT];
        try {
            for (var count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                keep(buffer, count);
            }
        } catch (IOException e) {
            // the process was ended while it wrote; what is kept is all there is
        } finally {
            over.countDown();
        }
    }

    private synchronized void keep(byte[] buffer, int count) {
        var kept = Math.min(tail.length, KEPT - count);
        var joined = new byte[kept + count];
        System.arraycopy(tail, tail.length - kept, joined, 0, kept);
        System.arraycopy(buffer, 0, joined, kept, count);
        tail = joined;
    }

    /** For a process that has ended: what it said may still be on its way. */
    String lastWords(Duration patience) throws InterruptedException {
        over.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        return tail();
    }

    private synchronized String tail() {
        return new String(tail, StandardCharsets.UTF_8).strip();
    }
}

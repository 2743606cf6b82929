package dev.codewise.agent.run;

import dev.codewise.agent.upload.Delivery;
import dev.codewise.agent.upload.Uplink;
import dev.codewise.protocol.RunError;
import dev.codewise.protocol.RunMessage;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Posts that a request is not taken, beside the thread that reads them. */
final class Refusals {

    /** The proxy forgets a request it gets no answer to by itself; so the oldest refusals may be dropped. */
    private static final int WAITING = 256;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Uplink uplink;
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(WAITING),
            Refusals::daemon,
            new ThreadPoolExecutor.DiscardOldestPolicy());

    Refusals(Uplink uplink) {
        this.uplink = uplink;
    }

    void post(String requestId, RunError error) {
        thread.execute(() -> deliver(new RunMessage.Failed(requestId, null, error)));
    }

    private Delivery deliver(RunMessage refusal) {
        var upload = uplink.upload(refusal.requestId(), PATIENCE, () -> {});
        upload.start();
        return upload.finish(refusal);
    }

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "refusals");
        thread.setDaemon(true);
        return thread;
    }
}

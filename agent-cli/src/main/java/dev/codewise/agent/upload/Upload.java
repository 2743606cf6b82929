package dev.codewise.agent.upload;

import dev.codewise.protocol.RunError;
import dev.codewise.protocol.RunErrorCode;
import dev.codewise.protocol.RunMessage;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Brings the messages of one run to the proxy, in order and one at a time, by a thread of its own. The one who waits for a run
 * is told at once when the proxy does not want it any more.
 */
public final class Upload {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** So many signs of life fit into the silence that the proxy bears. */
    private static final int BEATS_PER_SILENCE = 4;

    private final Poster poster;
    private final Outbox outbox;
    private final String requestId;
    private final Duration silence;
    private final Runnable refused;
    private final Thread thread;
    private volatile Delivery delivery = Delivery.ABANDONED;
    private volatile long lastSent = System.nanoTime();

    /** The silence is how long the proxy waits for the next message, and so how long it makes sense to try. */
    public Upload(Poster poster, String requestId, Duration silence, Runnable refused) {
        this.poster = poster;
        this.requestId = requestId;
        this.outbox = new Outbox(requestId);
        this.silence = silence;
        this.refused = refused;
        this.thread = new Thread(this::send, "upload-" + NUMBER.incrementAndGet());
    }

    public void start() {
        thread.start();
    }

    /** Waits while more is held than may be; when the upload is over, the text is dropped. */
    public void text(String piece) {
        try {
            outbox.add(piece);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The run goes on, even if there is nothing to send; tells the proxy now and then. */
    public void alive() {
        if (System.nanoTime() - lastSent > silence.toNanos() / BEATS_PER_SILENCE) {
            outbox.addSignOfLife();
        }
    }

    /** Sends the last message after all others, and waits for the end of it. */
    public Delivery finish(RunMessage last) {
        outbox.addLast(last);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            abandon();
        }
        return delivery;
    }

    public void abandon() {
        outbox.close();
        thread.interrupt();
    }

    /** However it ends, and be it by a defect: nobody may wait for it any longer, and the run neither go on for nothing. */
    private void send() {
        try {
            delivery = sendAll();
        } catch (InterruptedException e) {
            delivery = Delivery.ABANDONED;
        } finally {
            outbox.close();
            if (delivery != Delivery.DELIVERED) {
                refused.run();
            }
        }
    }

    private Delivery sendAll() throws InterruptedException {
        for (var message = outbox.take(); message.isPresent(); message = outbox.take()) {
            var fate = new Attempts(poster, silence).send(message.get());
            lastSent = System.nanoTime();
            if (fate == Delivery.TOO_LARGE) {
                poster.post(tooLarge());
            }
            if (fate != Delivery.DELIVERED || message.get().endsRun()) {
                return fate;
            }
        }
        return Delivery.ABANDONED;
    }

    private RunMessage tooLarge() {
        return new RunMessage.Failed(
                requestId, null, RunError.of(RunErrorCode.INTERNAL, "the answer is longer than the proxy takes"));
    }
}

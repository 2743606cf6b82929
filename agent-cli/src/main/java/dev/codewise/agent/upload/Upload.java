package dev.codewise.agent.upload;

import dev.codewise.protocol.RunMessage;
import dev.codewise.protocol.RunToolCall;
import dev.codewise.protocol.RunUsage;
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

    private final Outbox outbox;
    private final Sending sending;
    private final Duration silence;
    private final Runnable refused;
    private final Thread thread;
    private volatile Delivery delivery = Delivery.ABANDONED;

    Upload(Outbox outbox, Sending sending, Duration silence, Runnable refused) {
        this.outbox = outbox;
        this.sending = sending;
        this.silence = silence;
        this.refused = refused;
        this.thread = new Thread(this::send, "upload-" + NUMBER.incrementAndGet());
    }

    public void start() {
        thread.start();
    }

    /** This much is used by now; told with the next piece. */
    public void begun(RunUsage soFar) {
        outbox.addUsage(soFar);
    }

    /** Waits while more is held than may be; when the upload is over, the text is dropped. */
    public void text(String piece) {
        try {
            outbox.add(piece);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The same for what the model thinks. */
    public void thinking(String piece) {
        try {
            outbox.addThought(piece);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The same for a piece of a call. */
    public void toolCall(RunToolCall piece) {
        try {
            outbox.add(piece);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The run goes on, even if there is nothing to send; tells the proxy now and then. */
    public void alive() {
        if (outbox.isQuietFor(silence.dividedBy(BEATS_PER_SILENCE))) {
            outbox.addSignOfLife();
        }
    }

    /** The stream from the proxy is gone: finds out whether the way to it is, too. */
    public void check() {
        outbox.addDoubt();
    }

    /** The number of the next message, of those that have one. */
    public long nextSeq() {
        return sending.nextSeq();
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
            delivery = sending.sendAll();
        } catch (InterruptedException e) {
            delivery = Delivery.ABANDONED;
        } finally {
            outbox.close();
            if (delivery != Delivery.DELIVERED) {
                refused.run();
            }
        }
    }
}

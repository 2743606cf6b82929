package dev.codewise.agent.upload;

import dev.codewise.protocol.RunMessage;
import java.time.Duration;

/** Messages without numbers, one after the other, each sent again until the proxy has said yes or no to it: level 0. */
final class PlainSending implements Sending {

    private static final long FIRST_SEQ = 1;

    private final Poster poster;
    private final Outbox outbox;
    private final Duration patience;

    PlainSending(Poster poster, Outbox outbox, Duration patience) {
        this.poster = poster;
        this.outbox = outbox;
        this.patience = patience;
    }

    @Override
    public Delivery sendAll() throws InterruptedException {
        for (var message = outbox.take(); message.isPresent(); message = outbox.take()) {
            var fate = send(message.get());
            if (fate == Delivery.TOO_LARGE) {
                poster.post(outbox.tooLarge());
            }
            if (fate != Delivery.DELIVERED || message.get().endsRun()) {
                return fate;
            }
        }
        return Delivery.ABANDONED;
    }

    private Delivery send(RunMessage message) throws InterruptedException {
        var backoff = new Backoff();
        var reply = poster.post(message);
        while (reply.mayChange() && backoff.pause(reply, patience)) {
            reply = poster.post(message);
        }
        return reply.verdict();
    }

    @Override
    public long nextSeq() {
        return FIRST_SEQ;
    }
}

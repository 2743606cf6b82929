package dev.codewise.agent.upload;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Messages with numbers, each kept until the proxy has said that it has it: level 1. After a POST that broke the proxy is asked
 * what of it has arrived, and the rest is sent again.
 */
final class NumberedSending implements Sending {

    private final LineUpload lines;
    private final Outbox outbox;
    private final Supplier<Duration> patience;
    private final Backoff backoff = new Backoff();
    private final Unacknowledged held = new Unacknowledged();
    private boolean doubtful;

    /** For how long it makes sense to try may change while it does. */
    NumberedSending(LineUpload lines, Outbox outbox, Supplier<Duration> patience) {
        this.lines = lines;
        this.outbox = outbox;
        this.patience = patience;
    }

    @Override
    public long nextSeq() {
        return held.next();
    }

    @Override
    public Delivery sendAll() throws InterruptedException {
        while (!held.isEmpty() || doubtful || outbox.awaitWork()) {
            doubtful |= outbox.takeDoubt();
            var asking = doubtful;
            var reply = asking ? lines.probe() : lines.send(held, outbox);
            var end = judge(reply, asking);
            if (end.isPresent()) {
                return end.get();
            }
        }
        return Delivery.ABANDONED;
    }

    private Optional<Delivery> judge(Reply reply, boolean asked) throws InterruptedException {
        doubtful = reply.kind() == Reply.Kind.UNREACHABLE;
        var progress = acknowledge(reply, asked);
        if (held.hasEnded() && held.isEmpty()) {
            return Optional.of(Delivery.DELIVERED);
        }
        return switch (reply.kind()) {
            case ACCEPTED, GAP -> goOn(reply, progress, asked);
            case LATER, UNREACHABLE -> tryAgain(reply);
            case TOO_LARGE -> Optional.of(sayThatItIsTooLarge(reply));
            case UNWANTED, UNAUTHORIZED, NOT_UNDERSTOOD -> Optional.of(reply.verdict());
        };
    }

    /** A proxy that takes a POST and gives no number has taken all of it. */
    private boolean acknowledge(Reply reply, boolean asked) {
        var allTaken = !asked && reply.kind() == Reply.Kind.ACCEPTED && reply.nextSeq() == Reply.UNSAID;
        var progress = held.acknowledge(allTaken ? held.next() : reply.nextSeq());
        outbox.hold(held.bytes());
        return progress;
    }

    private Optional<Delivery> goOn(Reply reply, boolean progress, boolean asked) throws InterruptedException {
        if (reply.cancelled()) {
            return Optional.of(Delivery.UNWANTED);
        }
        if (reply.nextSeq() != Reply.UNSAID && !held.canGoOnAt(reply.nextSeq())) {
            return Optional.of(Delivery.NOT_UNDERSTOOD);
        }
        if (progress || held.isEmpty()) {
            backoff.success();
            return Optional.empty();
        }
        return asked ? Optional.empty() : tryAgain(reply);
    }

    private Optional<Delivery> tryAgain(Reply reply) throws InterruptedException {
        return backoff.pause(reply, patience.get()) ? Optional.empty() : Optional.of(Delivery.UNREACHABLE);
    }

    private Delivery sayThatItIsTooLarge(Reply reply) throws InterruptedException {
        var at = reply.nextSeq() == Reply.UNSAID ? lines.probe().nextSeq() : reply.nextSeq();
        if (at != Reply.UNSAID) {
            lines.post(outbox.tooLarge().numbered(at));
        }
        return Delivery.TOO_LARGE;
    }
}

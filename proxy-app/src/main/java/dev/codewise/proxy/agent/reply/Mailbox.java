package dev.codewise.proxy.agent.reply;

import dev.codewise.protocol.Protocol;
import dev.codewise.protocol.RunFinish;
import dev.codewise.protocol.RunMessage;
import dev.codewise.protocol.RunMessage.Complete;
import dev.codewise.proxy.agent.reply.Delivery.Verdict;
import dev.codewise.proxy.agent.reply.SpeakingTurn.Side;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.FluxSink.OverflowStrategy;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * The messages of one run on their way to its client.
 *
 * <p>A message is handed on only when the client asks for more, and its sender hears of it only then: who reads slowly slows its
 * own agent, and nothing piles up here but the few messages of a sender that does not wait for its answers.
 */
final class Mailbox {

    private static final int UNREAD_LIMIT = 16;

    private final Sequence sequence = new Sequence();
    private final SpeakingTurn turn;
    private final Queue<Letter> unread = new ArrayDeque<>();
    private final AtomicInteger drains = new AtomicInteger();
    private volatile @Nullable FluxSink<RunMessage> reader;
    private long received;
    private boolean overflowed;
    private boolean closed;

    /** A message with whoever waits for its receipt; nobody does where the proxy has written it. */
    private record Letter(RunMessage message, @Nullable MonoSink<Delivery> receipt) {

        void acknowledge(Delivery delivery) {
            if (receipt != null) {
                receipt.success(delivery);
            }
        }
    }

    Mailbox(LongSupplier nanoTime) {
        this.turn = new SpeakingTurn(nanoTime);
    }

    Flux<RunMessage> messages() {
        return Flux.create(this::open, OverflowStrategy.IGNORE);
    }

    private void open(FluxSink<RunMessage> sink) {
        reader = sink;
        sink.onRequest(more -> drain());
    }

    Mono<Delivery> handOver(RunMessage message) {
        return Mono.create(receipt -> accept(message, receipt));
    }

    private void accept(RunMessage message, MonoSink<Delivery> receipt) {
        var letter = new Letter(message, receipt);
        Delivery delivery = take(letter);
        if (delivery.verdict() == Verdict.ACCEPTED) {
            receipt.onCancel(() -> withdraw(letter));
        } else {
            receipt.success(delivery);
        }
        drain();
    }

    private synchronized Delivery take(Letter letter) {
        Verdict verdict = verdictOn(letter.message);
        if (verdict == Verdict.ACCEPTED) {
            keep(letter);
        } else if (verdict == Verdict.TOO_LONG) {
            cutShort(letter.message);
        }
        return delivery(verdict);
    }

    private Verdict verdictOn(RunMessage message) {
        if (closed || overflowed) {
            return Verdict.OVER;
        }
        Verdict verdict = sequence.judge(message);
        if (verdict != Verdict.ACCEPTED) {
            return verdict;
        }
        if (received + message.outputLength() > Protocol.MAX_OUTPUT_BYTES) {
            return Verdict.TOO_LONG;
        }
        return unread.size() >= UNREAD_LIMIT ? Verdict.TOO_FAST : Verdict.ACCEPTED;
    }

    private void keep(Letter letter) {
        sequence.accept(letter.message);
        received += letter.message.outputLength();
        put(letter);
    }

    private void put(Letter letter) {
        if (unread.isEmpty()) {
            turn.of(Side.CLIENT);
        }
        unread.add(letter);
    }

    /** The client gets what there is as an answer that its length has ended. */
    private void cutShort(RunMessage tooLong) {
        overflowed = true;
        put(new Letter(new Complete(tooLong.requestId(), null, RunFinish.LENGTH, null, null, null, null), null));
    }

    /**
     * Whoever hung up without a receipt sends the same again: what nobody has read of it must not be read twice. What has a
     * number will be known when it comes again.
     */
    private synchronized void withdraw(Letter letter) {
        if (letter.message.seq() == null && unread.remove(letter)) {
            received -= letter.message.outputLength();
            sequence.forget(letter.message);
            passTurn();
        }
    }

    /** One thread at a time hands on what is there; who comes meanwhile leaves a mark and goes. */
    private void drain() {
        if (drains.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            handOn();
            seen = drains.addAndGet(-seen);
        } while (seen != 0);
    }

    private void handOn() {
        FluxSink<RunMessage> sink = reader;
        while (sink != null && sink.requestedFromDownstream() > 0) {
            Letter letter = next();
            if (letter == null) {
                return;
            }
            sink.next(letter.message);
            letter.acknowledge(probe(Verdict.ACCEPTED));
            if (letter.message.endsRun()) {
                sink.complete();
            }
        }
    }

    private synchronized @Nullable Letter next() {
        Letter letter = unread.poll();
        if (letter != null) {
            passTurn();
        }
        return letter;
    }

    private void passTurn() {
        turn.of(unread.isEmpty() ? Side.AGENT : Side.CLIENT);
    }

    /** How far the run has come. */
    synchronized Delivery probe(Verdict verdict) {
        return delivery(verdict);
    }

    private Delivery delivery(Verdict verdict) {
        return new Delivery(verdict, sequence.next(), overflowed);
    }

    synchronized boolean isUntouched() {
        return sequence.isUntouched();
    }

    synchronized boolean hasEnded() {
        return overflowed || sequence.hasEnded();
    }

    synchronized boolean hasOverflowed() {
        return overflowed;
    }

    SpeakingTurn turn() {
        return turn;
    }

    /** Refuses what comes, and what is still unread; what was read is in order as its sequence says. */
    Sequence close() {
        for (Letter letter = closeAndNext(); letter != null; letter = next()) {
            letter.acknowledge(probe(Verdict.OVER));
        }
        return sequence;
    }

    private synchronized @Nullable Letter closeAndNext() {
        closed = true;
        return unread.poll();
    }
}

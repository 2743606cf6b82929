package dev.codewise.proxy.agent.reply;

import dev.codewise.protocol.Protocol;
import dev.codewise.protocol.RunMessage;
import dev.codewise.proxy.agent.reply.ReplyChannel.Delivery;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
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

    private final String agentId;
    private final Queue<Letter> unread = new ArrayDeque<>();
    private final AtomicInteger drains = new AtomicInteger();
    private volatile @Nullable FluxSink<RunMessage> reader;
    private State state = State.OPEN;
    private long received;

    private enum State {
        OPEN,
        ENDED,
        CLOSED
    }

    private record Letter(RunMessage message, MonoSink<Delivery> receipt) {}

    Mailbox(String agentId) {
        this.agentId = agentId;
    }

    /** Who does not say its name is known by the request id alone, which nobody can guess. */
    boolean belongsTo(@Nullable String sender) {
        return sender == null || sender.equals(agentId);
    }

    Flux<RunMessage> messages() {
        return Flux.create(this::open, OverflowStrategy.IGNORE);
    }

    private void open(FluxSink<RunMessage> sink) {
        reader = sink;
        sink.onRequest(more -> drain());
    }

    Mono<Delivery> handOver(RunMessage message) {
        return Mono.create(receipt -> accept(new Letter(message, receipt)));
    }

    private void accept(Letter letter) {
        Delivery verdict = verdictOn(letter);
        if (verdict == Delivery.ACCEPTED) {
            letter.receipt.onCancel(() -> withdraw(letter));
            drain();
        } else {
            letter.receipt.success(verdict);
        }
    }

    private synchronized Delivery verdictOn(Letter letter) {
        if (state != State.OPEN) {
            return Delivery.UNKNOWN;
        }
        if (unread.size() >= UNREAD_LIMIT) {
            return Delivery.TOO_FAST;
        }
        received += letter.message.outputLength();
        if (received > Protocol.MAX_OUTPUT_BYTES) {
            return Delivery.TOO_LONG;
        }
        state = letter.message.endsRun() ? State.ENDED : State.OPEN;
        unread.add(letter);
        return Delivery.ACCEPTED;
    }

    /** Whoever hung up without a receipt sends the same again: what nobody has read of it must not be read twice. */
    private synchronized void withdraw(Letter letter) {
        if (unread.remove(letter)) {
            received -= letter.message.outputLength();
            state = state == State.ENDED && letter.message.endsRun() ? State.OPEN : state;
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
            letter.receipt.success(Delivery.ACCEPTED);
            if (letter.message.endsRun()) {
                sink.complete();
            }
        }
    }

    private synchronized @Nullable Letter next() {
        return unread.poll();
    }

    /** Refuses what comes, and what is still unread. */
    void close() {
        Letter letter = closeAndNext();
        while (letter != null) {
            letter.receipt.success(Delivery.UNKNOWN);
            letter = next();
        }
    }

    private synchronized @Nullable Letter closeAndNext() {
        state = State.CLOSED;
        return unread.poll();
    }
}

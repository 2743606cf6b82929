package dev.codewise.proxy.agent.reply;

import java.time.Duration;
import java.util.function.LongSupplier;
import reactor.core.publisher.Mono;

/** Whose turn it is to do something, and since when: the agent's to speak, or the client's to listen. */
final class SpeakingTurn {

    private final LongSupplier nanoTime;
    private volatile Turn turn;

    /** Who is waited for. */
    enum Side {
        AGENT,
        CLIENT
    }

    private record Turn(Side side, long since) {}

    SpeakingTurn(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.turn = new Turn(Side.AGENT, nanoTime.getAsLong());
    }

    /** It is his turn from now on, also where it was before. */
    void of(Side side) {
        turn = new Turn(side, nanoTime.getAsLong());
    }

    /** Completes when it has been his turn for so long at one time. A new turn costs no timer. */
    Mono<Void> overdue(Side side, Duration limit) {
        return Mono.defer(() -> Mono.delay(left(side, limit)))
                .repeat(() -> !left(side, limit).isZero())
                .then();
    }

    private Duration left(Side side, Duration limit) {
        Turn now = turn;
        long passed = now.side == side ? nanoTime.getAsLong() - now.since : 0;
        return Duration.ofNanos(Math.max(0, limit.toNanos() - passed));
    }
}

package dev.codewise.proxy.status.server;

import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

/** How long a reader has waited for the piece that it asked for. While it asks for none, nobody is late. */
final class Patience {

    private final Duration limit;
    private long wanted;
    private long since;

    private Patience(Duration limit) {
        this.limit = limit;
    }

    /** Lets go of pieces of which one is late, and goes on with the other. */
    static <T> Flux<T> with(Flux<T> pieces, Duration limit, Mono<T> otherwise) {
        return Flux.defer(() -> new Patience(limit).with(pieces, otherwise));
    }

    private <T> Flux<T> with(Flux<T> pieces, Mono<T> otherwise) {
        return pieces.doOnRequest(this::asked)
                .doOnNext(this::came)
                .timeout(exhausted(), piece -> exhausted(), otherwise);
    }

    private synchronized void asked(long more) {
        if (wanted == 0) {
            since = System.nanoTime();
        }
        wanted = Operators.addCap(wanted, more);
    }

    private synchronized void came(Object piece) {
        wanted = wanted == Long.MAX_VALUE ? wanted : wanted - 1;
        since = System.nanoTime();
    }

    /** Looks again when it could be so at the earliest. */
    private Mono<Void> exhausted() {
        return Mono.defer(() -> Mono.delay(left()))
                .repeat(() -> !left().isZero())
                .then();
    }

    private synchronized Duration left() {
        Duration waited = wanted == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
        return waited.compareTo(limit) < 0 ? limit.minus(waited) : Duration.ZERO;
    }
}

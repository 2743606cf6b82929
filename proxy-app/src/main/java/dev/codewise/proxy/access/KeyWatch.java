package dev.codewise.proxy.access;

import dev.codewise.proxy.pulse.Pulse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/** Looks twice a second whether keys or tokens have changed, so that one that is revoked anywhere opens nothing a second later. */
final class KeyWatch {

    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_STATEMENT = Duration.ofSeconds(5);
    private static final Duration HASTE = Duration.ofSeconds(2);
    private static final long NEVER_SEEN = -1;

    private final Mono<Long> changes;
    private final Mono<Held> held;
    private final Consumer<Held> told;
    private final AtomicLong looks = new AtomicLong();
    private long lastLook;
    private volatile long seen = NEVER_SEEN;

    /** The number of changes so far, and what there is now; both are asked for anew each time. */
    KeyWatch(Mono<Long> changes, Mono<Held> held, Consumer<Held> told) {
        this.changes = changes;
        this.held = held;
        this.told = told;
    }

    static KeyWatch over(KeyTable keys, TokenTable tokens, Consumer<Held> told) {
        Mono<Held> held = Mono.zip(
                        keys.held().collectList(), keys.hasAny(), tokens.held().collectList())
                .map(read -> new Held(read.getT1(), read.getT2(), read.getT3()));
        return new KeyWatch(keys.changes(), held, told);
    }

    Pulse pulse() {
        return Pulse.every(PAUSE, "to read the keys", () -> refresh().timeout(LONGEST_STATEMENT));
    }

    /** Also called where a key was changed here, so that the change holds at once. */
    Mono<Void> refresh() {
        return Mono.defer(() -> look(looks.incrementAndGet()));
    }

    /** The same, where it is no failure of the change if it cannot be read at once: the next beat reads it. */
    Mono<Void> hasten() {
        return refresh().timeout(HASTE).onErrorComplete();
    }

    /** A change that comes between the number and the rest is seen the next time, since the number is read first. */
    private Mono<Void> look(long look) {
        return changes.filter(number -> number != seen)
                .flatMap(number -> held.doOnNext(now -> tell(look, number, now)))
                .then();
    }

    /** Who began to look earlier and comes later may have seen what is over, such as a key that was revoked meanwhile. */
    private synchronized void tell(long look, long number, Held now) {
        if (look > lastLook) {
            lastLook = look;
            told.accept(now);
            seen = number;
        }
    }
}

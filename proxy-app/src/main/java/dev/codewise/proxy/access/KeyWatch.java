package dev.codewise.proxy.access;

import dev.codewise.proxy.pulse.Pulse;
import java.time.Duration;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/** Looks twice a second whether the keys have changed, so that one that is revoked anywhere opens nothing a second later. */
final class KeyWatch {

    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_STATEMENT = Duration.ofSeconds(5);
    private static final long NEVER_SEEN = -1;

    private final KeyTable table;
    private final KeyRing ring;
    private final Consumer<KeysTold> events;
    private volatile long seen = NEVER_SEEN;

    KeyWatch(KeyTable table, KeyRing ring, Consumer<KeysTold> events) {
        this.table = table;
        this.ring = ring;
        this.events = events;
    }

    Pulse pulse() {
        return Pulse.every(PAUSE, "to read the keys", () -> refresh().timeout(LONGEST_STATEMENT));
    }

    /** Also called where a key was changed here, so that the change holds at once. */
    Mono<Void> refresh() {
        return table.changes().filter(changes -> changes != seen).flatMap(this::read);
    }

    /** A change that comes between the two is seen the next time, since the number was read first. */
    private Mono<Void> read(long changes) {
        return Mono.zip(table.held().collectList(), table.hasAny())
                .doOnNext(keys -> events.accept(KeysTold.of(keys.getT1())))
                .doOnNext(keys -> ring.replace(keys.getT1(), keys.getT2()))
                .doOnNext(keys -> seen = changes)
                .then();
    }
}

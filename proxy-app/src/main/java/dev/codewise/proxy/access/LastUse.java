package dev.codewise.proxy.access;

import dev.codewise.proxy.pulse.Pulse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** When each key was last used, written now and then: an operator wants to know the day, and no request waits for it. */
final class LastUse {

    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST_STATEMENT = Duration.ofSeconds(5);

    private final KeyTable table;
    private final Clock clock;

    /** No larger than the ring of keys. */
    private final Map<String, Instant> unwritten = new ConcurrentHashMap<>();

    LastUse(KeyTable table, Clock clock) {
        this.table = table;
        this.clock = clock;
    }

    /** The same lock, of which it is noted whose key opens it. */
    Function<String, Optional<Caller>> noting(Function<String, Optional<Caller>> lock) {
        return presented -> lock.apply(presented).map(this::noted);
    }

    private Caller noted(Caller caller) {
        if (caller.keyId() != null) {
            unwritten.put(caller.keyId(), clock.instant());
        }
        return caller;
    }

    Pulse pulse() {
        return Pulse.every(PAUSE, "to write when keys were last used", this::write)
                .andAtTheEnd(this::write);
    }

    /** What could not be written is not kept: whoever uses the key again is noted again. */
    Mono<Void> write() {
        var uses = Map.copyOf(unwritten);
        uses.forEach(unwritten::remove);
        return uses.isEmpty() ? Mono.empty() : write(uses);
    }

    private Mono<Void> write(Map<String, Instant> uses) {
        var ids = new ArrayList<>(uses.keySet());
        return table.used(ids, ids.stream().map(uses::get).toList()).timeout(LONGEST_STATEMENT);
    }
}

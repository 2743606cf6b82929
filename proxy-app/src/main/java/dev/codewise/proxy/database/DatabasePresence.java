package dev.codewise.proxy.database;

import dev.codewise.proxy.pulse.Pulse;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** Whether the database answered when it was last asked, as a number to watch. */
final class DatabasePresence implements MeterBinder {

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final DatabaseState state;
    private volatile boolean there;

    DatabasePresence(DatabaseState state) {
        this.state = state;
    }

    Pulse pulse() {
        return Pulse.every(PAUSE, "to ask the database", this::ask);
    }

    private Mono<Boolean> ask() {
        return state.answers().doOnNext(answer -> there = answer);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("codewise.database.up", this, presence -> presence.there ? 1 : 0)
                .description("1 where the database answered when it was last asked, else 0")
                .register(registry);
    }
}

package dev.codewise.proxy.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class KeyWatchTest {

    private static final Held BEFORE = new Held(List.of(), false, List.of());
    private static final Held AFTER = new Held(List.of(), true, List.of());

    private final AtomicLong changes = new AtomicLong(1);
    private final AtomicReference<Mono<Held>> database = new AtomicReference<>(Mono.just(BEFORE));
    private final List<Held> told = new ArrayList<>();
    private final KeyWatch watch = new KeyWatch(Mono.fromSupplier(changes::get), Mono.defer(database::get), told::add);

    @Test
    void tellsWhatThereIsOnceForEachChange() {
        watch.refresh().block();
        watch.refresh().block();
        assertThat(told).containsExactly(BEFORE);

        changes.incrementAndGet();
        watch.refresh().block();

        assertThat(told).hasSize(2);
    }

    /** A look that has read the keys just before one is revoked may come to its end just after that. */
    @Test
    void tellsNothingThatIsOver() {
        var slow = Sinks.<Held>one();
        database.set(slow.asMono());
        var early = watch.refresh().toFuture();
        database.set(Mono.just(AFTER));
        changes.incrementAndGet();

        watch.refresh().block();
        slow.tryEmitValue(BEFORE);
        early.join();

        assertThat(told).containsExactly(AFTER);
    }

    @Test
    void looksAgainWhereALookHasFailed() {
        database.set(Mono.error(new IllegalStateException("away")));
        watch.hasten().block();
        assertThat(told).isEmpty();

        database.set(Mono.just(AFTER));
        watch.refresh().block();

        assertThat(told).containsExactly(AFTER);
    }
}

package dev.codewise.proxy.access;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Looks twice a second whether the keys have changed, so that one that is revoked anywhere opens nothing a second later. */
final class KeyWatch implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(KeyWatch.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_STATEMENT = Duration.ofSeconds(5);
    private static final long NEVER_SEEN = -1;

    private final KeyTable table;
    private final KeyRing ring;
    private final Disposable.Swap watching = Disposables.swap();
    private volatile long seen = NEVER_SEEN;
    private volatile boolean running;

    KeyWatch(KeyTable table, KeyRing ring) {
        this.table = table;
        this.ring = ring;
    }

    @Override
    public void start() {
        running = true;
        watching.update(Flux.interval(Duration.ZERO, PAUSE)
                .onBackpressureDrop()
                .concatMap(tick -> look(), 1)
                .subscribe());
    }

    /** What fails is tried again after the pause; until then the keys are those that were. */
    private Mono<Void> look() {
        return refresh().timeout(LONGEST_STATEMENT).onErrorResume(failure -> Mono.fromRunnable(() -> failed(failure)));
    }

    /** Also called where a key was changed here, so that the change holds at once. */
    Mono<Void> refresh() {
        return table.changes().filter(changes -> changes != seen).flatMap(this::read);
    }

    /** A change that comes between the two is seen the next time, since the number was read first. */
    private Mono<Void> read(long changes) {
        return Mono.zip(table.held().collectList(), table.hasAny())
                .doOnNext(keys -> ring.replace(keys.getT1(), keys.getT2()))
                .doOnNext(keys -> seen = changes)
                .then();
    }

    private static void failed(Throwable failure) {
        LOG.debug("The keys could not be read: {}", failure.getMessage());
    }

    @Override
    public void stop() {
        running = false;
        watching.update(Disposables.disposed());
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}

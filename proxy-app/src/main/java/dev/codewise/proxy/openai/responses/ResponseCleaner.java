package dev.codewise.proxy.openai.responses;

import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Deletes what has been kept for long enough, a bounded number of rows at a time, for as long as the proxy runs. */
final class ResponseCleaner implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ResponseCleaner.class);
    private static final int LARGEST_BATCH = 500;
    private static final Duration LONGEST_STATEMENT = Duration.ofSeconds(30);

    private final ResponseTable table;
    private final Duration retention;
    private final Duration pause;
    private final Clock clock;
    private final Disposable.Swap cleaning = Disposables.swap();
    private volatile boolean running;

    ResponseCleaner(ResponseTable table, Duration retention, Duration pause, Clock clock) {
        this.table = table;
        this.retention = retention;
        this.pause = pause;
        this.clock = clock;
    }

    @Override
    public void start() {
        running = true;
        cleaning.update(Flux.interval(pause)
                .onBackpressureDrop()
                .concatMap(tick -> clean())
                .subscribe());
    }

    /** Batch after batch while they are full; what fails is tried again after the next pause. */
    private Mono<Long> clean() {
        return batch().repeat()
                .takeUntil(deleted -> deleted < LARGEST_BATCH)
                .reduce(0L, Long::sum)
                .doOnNext(ResponseCleaner::cleaned)
                .onErrorResume(failure -> Mono.fromRunnable(() -> failed(failure)));
    }

    private Mono<Long> batch() {
        return Mono.defer(() -> table.deleteBefore(clock.instant().minus(retention), LARGEST_BATCH))
                .timeout(LONGEST_STATEMENT);
    }

    private static void cleaned(long deleted) {
        LOG.atLevel(deleted == 0 ? Level.DEBUG : Level.INFO)
                .log("{} responses have been kept for long enough and are deleted", deleted);
    }

    private static void failed(Throwable failure) {
        LOG.debug("Old responses could not be deleted: {}", failure.getMessage());
    }

    @Override
    public void stop() {
        running = false;
        cleaning.update(Disposables.disposed());
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}

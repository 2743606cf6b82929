package dev.codewise.proxy.ledger;

import dev.codewise.proxy.completion.CompletionEnded;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Takes what waits in the queue to the table, for as long as the proxy runs and a little longer. */
final class LedgerWriter implements SmartLifecycle {

    /** Below the web server's, so that it stops later: the last requests are entered too. */
    private static final int PHASE = DEFAULT_PHASE - 4096;

    private static final Logger LOG = LoggerFactory.getLogger(LedgerWriter.class);
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_STATEMENT = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LAST_CHANCE = Duration.ofSeconds(4);

    private final LedgerQueue queue;
    private final LedgerTable table;
    private final LedgerMetrics metrics;
    private final Refusals refusals = new Refusals();
    private final Disposable.Swap writing = Disposables.swap();
    private final Disposable.Swap flushing = Disposables.swap();
    private volatile boolean running;
    private volatile boolean failing;

    LedgerWriter(LedgerQueue queue, LedgerTable table, LedgerMetrics metrics) {
        this.queue = queue;
        this.table = table;
        this.metrics = metrics;
    }

    @Override
    public void start() {
        running = true;
        writing.update(Flux.interval(PAUSE)
                .onBackpressureDrop()
                .concatMap(tick -> writeWaiting())
                .retryWhen(Retry.backoff(Long.MAX_VALUE, PAUSE)
                        .maxBackoff(LONGEST_PAUSE)
                        .transientErrors(true)
                        .doBeforeRetry(signal -> failed(signal.failure())))
                .subscribe());
    }

    /** Everything that waits, a batch after the other; one that could not be written stays where it is. */
    private Flux<Integer> writeWaiting() {
        return Mono.defer(this::writeBatch).repeat(() -> !queue.isEmpty());
    }

    private Mono<Integer> writeBatch() {
        var batch = queue.next(refusals.nextBatch());
        return batch.isEmpty() ? Mono.empty() : write(batch);
    }

    private Mono<Integer> write(List<CompletionEnded> batch) {
        return table.insert(batch)
                .timeout(LONGEST_STATEMENT)
                .then(Mono.fromCallable(() -> written(batch)))
                .onErrorResume(Refusals::isOfAnEntry, failure -> refused(batch, failure));
    }

    private Mono<Integer> refused(List<CompletionEnded> batch, Throwable failure) {
        if (!refusals.isEnoughAfter(batch.size())) {
            return Mono.delay(PAUSE).thenReturn(0);
        }
        metrics.lost(batch.size());
        LOG.atWarn()
                .addKeyValue("requestId", batch.get(0).requestId())
                .log("An entry of the ledger is lost, because the database refuses it: {}", failure.getMessage());
        taken(batch);
        return Mono.just(0);
    }

    private void taken(List<CompletionEnded> batch) {
        queue.written(batch);
        refusals.written(batch.size());
    }

    private int written(List<CompletionEnded> batch) {
        taken(batch);
        if (failing) {
            failing = false;
            LOG.info("The ledger is written again");
        }
        return batch.size();
    }

    private void failed(Throwable failure) {
        if (!failing) {
            failing = true;
            LOG.warn("The ledger cannot be written: {}. Its entries wait", failure.getMessage());
        }
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    /** What waits is written now, or never: the database has a few seconds to take it. */
    @Override
    public void stop(Runnable callback) {
        if (!running) {
            callback.run();
            return;
        }
        running = false;
        writing.dispose();
        flushing.update(writeWaiting()
                .then()
                .timeout(LAST_CHANCE)
                .onErrorComplete()
                .doFinally(end -> flushed(callback))
                .subscribe());
    }

    private void flushed(Runnable callback) {
        int left = queue.size();
        if (left > 0) {
            metrics.lost(left);
            LOG.warn("{} entries of the ledger are lost, because the database did not take them", left);
        }
        callback.run();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}

package dev.codewise.proxy.ledger;

import dev.codewise.proxy.completion.CompletionEnded;
import dev.codewise.proxy.pulse.Pulse;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Takes what waits in the queue to the table, for as long as the proxy runs and a little longer. */
final class LedgerWriter {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerWriter.class);
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_STATEMENT = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final LedgerQueue queue;
    private final LedgerTable table;
    private final LedgerMetrics metrics;
    private final Refusals refusals = new Refusals();
    private volatile boolean failing;

    LedgerWriter(LedgerQueue queue, LedgerTable table, LedgerMetrics metrics) {
        this.queue = queue;
        this.table = table;
        this.metrics = metrics;
    }

    Pulse pulse() {
        return Pulse.every(PAUSE, "to write the ledger", this::writePatiently).andAtTheEnd(this::flush);
    }

    /** For as long as it takes: while the database is away, the pauses between the attempts grow. */
    private Flux<Integer> writePatiently() {
        return writeWaiting()
                .retryWhen(Retry.backoff(Long.MAX_VALUE, PAUSE)
                        .maxBackoff(LONGEST_PAUSE)
                        .transientErrors(true)
                        .doBeforeRetry(signal -> failed(signal.failure())));
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

    /** Without the statement that did not succeed, which is always the same. */
    private static @Nullable String reason(Throwable failure) {
        return NestedExceptionUtils.getMostSpecificCause(failure).getMessage();
    }

    private void failed(Throwable failure) {
        if (!failing) {
            failing = true;
            LOG.warn("The ledger cannot be written: {}. Its entries wait", reason(failure));
        }
    }

    /** What waits is written now, or never; what is left is counted before anybody hears that this is the end. */
    private Mono<Void> flush() {
        return writeWaiting().then().doOnTerminate(this::flushed).doOnCancel(this::flushed);
    }

    private void flushed() {
        int left = queue.close();
        if (left > 0) {
            metrics.lost(left);
            LOG.warn("{} entries of the ledger are lost, because the database did not take them", left);
        }
    }
}

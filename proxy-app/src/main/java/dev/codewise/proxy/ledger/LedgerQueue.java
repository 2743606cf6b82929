package dev.codewise.proxy.ledger;

import dev.codewise.proxy.completion.CompletionEnded;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests that are over and not yet in the table. Adding never waits: where there is no room left, the entry is lost, and
 * counted. One writer takes them away, and only once they are written.
 */
final class LedgerQueue {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerQueue.class);

    private final Queue<CompletionEnded> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicBoolean overflowing = new AtomicBoolean();
    private final int limit;
    private volatile boolean closed;
    private final LedgerMetrics metrics;

    LedgerQueue(int limit, LedgerMetrics metrics) {
        this.limit = limit;
        this.metrics = metrics;
        metrics.watch(this);
    }

    void add(CompletionEnded completion) {
        if (closed) {
            tooLate(completion);
        } else if (size.incrementAndGet() <= limit) {
            waiting.add(completion);
        } else {
            size.decrementAndGet();
            lost();
        }
    }

    private void tooLate(CompletionEnded completion) {
        metrics.lost(1);
        LOG.atWarn()
                .addKeyValue("requestId", completion.requestId())
                .log("An entry of the ledger is lost, because its request ended after the last ones were written");
    }

    /** Takes nothing more; says how many entries will never be written. Whoever adds meanwhile finds it full. */
    int close() {
        closed = true;
        return size.getAndSet(limit);
    }

    private void lost() {
        metrics.lost(1);
        if (overflowing.compareAndSet(false, true)) {
            LOG.warn("The ledger cannot be written and {} entries wait: further ones are lost until it can", limit);
        }
    }

    /** The entries that have waited longest, which keep their place until they are {@link #written}. */
    List<CompletionEnded> next(int count) {
        return waiting.stream().limit(count).toList();
    }

    /** Whoever hears of it twice, as where the last flush has overtaken the beat before it, takes nobody else's entries away. */
    void written(List<CompletionEnded> entries) {
        entries.stream().filter(waiting::remove).forEach(entry -> size.decrementAndGet());
        overflowing.set(false);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    int size() {
        return closed ? 0 : size.get();
    }
}

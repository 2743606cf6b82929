package dev.codewise.proxy.openai.responses;

import dev.codewise.proxy.pulse.Pulse;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import reactor.core.publisher.Mono;

/** Deletes what has been kept for long enough, a bounded number of rows at a time, for as long as the proxy runs. */
final class ResponseCleaner {

    private static final Logger LOG = LoggerFactory.getLogger(ResponseCleaner.class);
    private static final int LARGEST_BATCH = 500;
    private static final Duration LONGEST_STATEMENT = Duration.ofSeconds(30);

    private final ResponseTable table;
    private final Supplier<Duration> retention;
    private final Duration pause;
    private final Clock clock;

    ResponseCleaner(ResponseTable table, Duration retention, Duration pause, Clock clock) {
        this(table, () -> retention, pause, clock);
    }

    /** By the time that holds at each cleaning. */
    ResponseCleaner(ResponseTable table, Supplier<Duration> retention, Duration pause, Clock clock) {
        this.table = table;
        this.retention = retention;
        this.pause = pause;
        this.clock = clock;
    }

    Pulse pulse() {
        return Pulse.every(pause, "to delete old responses", this::clean);
    }

    /** Batch after batch while they are full. */
    private Mono<Long> clean() {
        return batch().repeat()
                .takeUntil(deleted -> deleted < LARGEST_BATCH)
                .reduce(0L, Long::sum)
                .doOnNext(ResponseCleaner::cleaned);
    }

    private Mono<Long> batch() {
        return Mono.defer(() -> table.deleteBefore(clock.instant().minus(retention.get()), LARGEST_BATCH))
                .timeout(LONGEST_STATEMENT);
    }

    private static void cleaned(long deleted) {
        LOG.atLevel(deleted == 0 ? Level.DEBUG : Level.INFO)
                .log("{} responses have been kept for long enough and are deleted", deleted);
    }
}

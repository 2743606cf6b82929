package dev.codewise.proxy.ledger;

import dev.codewise.proxy.pulse.Pulse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/**
 * The months of the ledger, each a table of its own: the next one is there before it begins, and those of which everything has been
 * kept for long enough are dropped.
 */
final class LedgerMonths {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerMonths.class);
    private static final Duration PAUSE = Duration.ofHours(1);
    private static final Duration SHORT_PAUSE = Duration.ofMinutes(1);

    private final DatabaseClient client;
    private final Supplier<Optional<Duration>> retention;
    private final Clock clock;
    private volatile Instant nextLook = Instant.MIN;
    private volatile boolean failing;

    LedgerMonths(DatabaseClient client, Duration retention, Clock clock) {
        this(client, () -> Optional.of(retention), clock);
    }

    /** By the time that holds whenever they are looked at; while it is not known, nothing is dropped. */
    LedgerMonths(DatabaseClient client, Supplier<Optional<Duration>> retention, Clock clock) {
        this.client = client;
        this.retention = retention;
        this.clock = clock;
    }

    Pulse pulse() {
        return Pulse.every(SHORT_PAUSE, "to keep the months of the ledger", this::keepWhenDue);
    }

    /** Soon again until all has been seen to, seldom from then on. */
    Mono<Void> keepWhenDue() {
        return Mono.defer(() -> clock.instant().isBefore(nextLook) ? Mono.empty() : keep());
    }

    Mono<Void> keep() {
        return Mono.defer(() -> keepAt(clock.instant()))
                .doOnSuccess(nothing -> failing = false)
                .doOnError(this::failed);
    }

    private Mono<Void> keepAt(Instant now) {
        return make(now).then(make(nextAfter(now))).then(Mono.defer(() -> dropAt(now)));
    }

    private Mono<Void> dropAt(Instant now) {
        return Mono.justOrEmpty(retention.get())
                .flatMap(kept -> dropBefore(now.minus(kept)))
                .doOnNext(months -> kept(months, now))
                .then();
    }

    private static Instant nextAfter(Instant now) {
        YearMonth next = YearMonth.from(now.atZone(ZoneOffset.UTC)).plusMonths(1);
        return next.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private Mono<Void> make(Instant within) {
        var made = client.sql("select make_ledger_month(:within)").bind("within", within);
        return new LongStatement(client).run(made.then()).then();
    }

    private Mono<Integer> dropBefore(Instant oldest) {
        var dropped = client.sql("select drop_ledger_before(:oldest)")
                .bind("oldest", oldest)
                .map(row -> Objects.requireNonNull(row.get(0, Integer.class)));
        return new LongStatement(client).run(dropped.one()).single();
    }

    private void kept(int dropped, Instant now) {
        nextLook = now.plus(PAUSE);
        if (dropped > 0) {
            LOG.info("{} months of the ledger have been kept for long enough and are dropped", dropped);
        }
    }

    private void failed(Throwable failure) {
        if (!failing) {
            failing = true;
            LOG.warn(
                    "The months of the ledger could not be made and dropped: {}. It is tried again each minute",
                    NestedExceptionUtils.getMostSpecificCause(failure).getMessage());
        }
    }
}

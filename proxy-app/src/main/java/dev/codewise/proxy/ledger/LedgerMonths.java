package dev.codewise.proxy.ledger;

import dev.codewise.proxy.pulse.Pulse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/**
 * The months of the ledger, each a table of its own: the next one is there before it begins, and those of which everything has been
 * kept for long enough are dropped.
 */
final class LedgerMonths {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerMonths.class);
    private static final Duration PAUSE = Duration.ofHours(1);
    private static final Duration LONGEST_STATEMENT = Duration.ofSeconds(30);

    private final DatabaseClient client;
    private final Supplier<Duration> retention;
    private final Clock clock;

    LedgerMonths(DatabaseClient client, Duration retention, Clock clock) {
        this(client, () -> retention, clock);
    }

    /** By the time that holds whenever they are looked at. */
    LedgerMonths(DatabaseClient client, Supplier<Duration> retention, Clock clock) {
        this.client = client;
        this.retention = retention;
        this.clock = clock;
    }

    Pulse pulse() {
        return Pulse.every(PAUSE, "to keep the months of the ledger", this::keep);
    }

    Mono<Void> keep() {
        return Mono.defer(() -> keepAt(clock.instant())).timeout(LONGEST_STATEMENT);
    }

    private Mono<Void> keepAt(Instant now) {
        return make(now).then(make(nextAfter(now))).then(dropBefore(now.minus(retention.get())));
    }

    private static Instant nextAfter(Instant now) {
        YearMonth next = YearMonth.from(now.atZone(ZoneOffset.UTC)).plusMonths(1);
        return next.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private Mono<Void> make(Instant within) {
        return client.sql("select make_ledger_month(:within)")
                .bind("within", within)
                .then();
    }

    private Mono<Void> dropBefore(Instant oldest) {
        return client.sql("select drop_ledger_before(:oldest)")
                .bind("oldest", oldest)
                .map(row -> Objects.requireNonNull(row.get(0, Integer.class)))
                .one()
                .doOnNext(LedgerMonths::dropped)
                .then();
    }

    private static void dropped(int months) {
        if (months > 0) {
            LOG.info("{} months of the ledger have been kept for long enough and are dropped", months);
        }
    }
}

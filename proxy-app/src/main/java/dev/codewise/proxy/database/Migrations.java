package dev.codewise.proxy.database;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * Brings the database up to date when the proxy starts. A server that is away does not keep the proxy from starting: it is tried
 * again in the background until it is there. Whatever else is wrong ends the start.
 */
final class Migrations implements FlywayMigrationStrategy, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final DatabaseState state;
    private final Set<Obstacle> told = EnumSet.noneOf(Obstacle.class);
    private final Disposable.Swap retrying = Disposables.swap();

    Migrations(DatabaseState state) {
        this.state = state;
    }

    @Override
    public void migrate(Flyway flyway) {
        try {
            attempt(flyway);
        } catch (FlywayException e) {
            Obstacle obstacle = Obstacle.of(e);
            if (!obstacle.isPassing()) {
                throw new DatabaseUnusableException(obstacle.sentence(state.description(), e), e);
            }
            tell(e);
            retrying.update(later(flyway).subscribe());
        }
    }

    private void attempt(Flyway flyway) {
        flyway.migrate();
        state.becameReady();
    }

    /** The proxy is up by now, so nothing ends it any more; what is wrong is told, and may be put right. */
    private Mono<Void> later(Flyway flyway) {
        return Mono.<Void>fromRunnable(() -> attempt(flyway))
                .doOnError(FlywayException.class, this::tell)
                .subscribeOn(Schedulers.boundedElastic())
                .retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_WAIT).maxBackoff(LONGEST_WAIT))
                .delaySubscription(FIRST_WAIT)
                .doOnSuccess(done -> LOG.info("The database ({}) answers now", state.description()));
    }

    /** Once for each obstacle, not for each try. */
    private void tell(FlywayException failure) {
        Obstacle obstacle = Obstacle.of(failure);
        if (told.add(obstacle)) {
            LOG.warn("{} Until then only CODEWISE_API_KEY opens /v1", obstacle.sentence(state.description(), failure));
        }
    }

    @Override
    public void close() {
        retrying.dispose();
    }
}

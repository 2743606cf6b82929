package dev.codewise.proxy.database;

import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;

/** Waits for the database, says so, and brings it up to date; gives up in the end. */
final class PatientMigration implements FlywayMigrationStrategy {

    private static final Logger LOG = LoggerFactory.getLogger(PatientMigration.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final String database;
    private final Duration patience;

    PatientMigration(String database, Duration patience) {
        this.database = database;
        this.patience = patience;
    }

    @Override
    public void migrate(Flyway flyway) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!migrated(flyway, deadline)) {
            pause();
        }
        LOG.info("The database ({}) is up to date", database);
    }

    private boolean migrated(Flyway flyway, long deadline) {
        try {
            flyway.migrate();
            return true;
        } catch (FlywayException e) {
            Obstacle obstacle = Obstacle.of(e);
            if (!obstacle.isPassing() || System.nanoTime() - deadline >= 0) {
                throw new DatabaseUnusableException(obstacle.sentence(database, e), e);
            }
            LOG.info("Waiting for the database ({}): {}", database, Obstacle.reason(e));
            return false;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the database", e);
        }
    }
}

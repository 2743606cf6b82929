package dev.codewise.proxy.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.codewise.fixtures.ToggleProxy;
import dev.codewise.proxy.CapturedLog;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PatientMigrationTest {

    private final CapturedLog log = CapturedLog.of(PatientMigration.class);

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void waitsForTheServerAndSaysSo() throws Exception {
        var database = TestDatabase.fresh();
        try (var way = ToggleProxy.to(database.host(), database.port())) {
            way.cut();
            var migration = new PatientMigration("the house", Duration.ofSeconds(30));
            var done = CompletableFuture.runAsync(() -> migration.migrate(flyway(database.at(way.port()))));
            await().until(() -> log.lines().contains("INFO Waiting for the database (the house): Connection refused"));

            way.mend();

            assertThat(done).succeedsWithin(Duration.ofSeconds(20));
            assertThat(log.lines()).endsWith("INFO The database (the house) is up to date");
            assertThat(database.value("select count(*) from ledger_entry")).isEqualTo("0");
        }
    }

    @Test
    void givesUpWhenItHasWaitedLongEnough() throws Exception {
        var database = TestDatabase.fresh();
        try (var way = ToggleProxy.to(database.host(), database.port())) {
            way.cut();
            var migration = new PatientMigration("the house", Duration.ZERO);

            assertThatThrownBy(() -> migration.migrate(flyway(database.at(way.port()))))
                    .isInstanceOf(DatabaseUnusableException.class)
                    .hasMessage("The database (the house) does not answer: Connection refused."
                            + " Start it, or correct DATABASE_URL.");
        }
    }

    @Test
    void saysThatNobodyKnowsTheHost() {
        var nowhere = new TestDatabase("nowhere.invalid", 5432, "x", "x", "x");
        var migration = new PatientMigration("the house", Duration.ZERO);

        assertThatThrownBy(() -> migration.migrate(flyway(nowhere)))
                .hasMessageContaining("does not answer: no host is known as nowhere.invalid. Start it,");
    }

    @Test
    void doesNotWaitForWhatWaitingDoesNotCure() {
        var database = TestDatabase.fresh();
        var missing =
                new TestDatabase(database.host(), database.port(), "not_there", database.user(), database.password());
        var migration = new PatientMigration("the house", Duration.ofHours(1));

        assertThatThrownBy(() -> migration.migrate(flyway(missing)))
                .isInstanceOf(DatabaseUnusableException.class)
                .hasMessageStartingWith("The database (the house) does not exist.");
    }

    private static Flyway flyway(TestDatabase database) {
        return Flyway.configure()
                .dataSource(database.jdbcUrl(), database.user(), database.password())
                .load();
    }
}

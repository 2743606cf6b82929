package dev.codewise.proxy.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MigrateCommandTest {

    @Test
    void bringsTheDatabaseUpToDateAndEnds() {
        var database = TestDatabase.fresh();

        int code = MigrateCommand.run("migrate", "--codewise.database.url=" + database.url());

        assertThat(code).isZero();
        assertThat(database.value("select count(*) from ledger_entry")).isEqualTo("0");
    }

    @Test
    void mayBeRunAgain() {
        var database = TestDatabase.migrated();
        String before = steps(database);

        int code = MigrateCommand.run("migrate", "--codewise.database.url=" + database.url());

        assertThat(code).isZero();
        assertThat(steps(database)).isEqualTo(before);
    }

    private static String steps(TestDatabase database) {
        return String.valueOf(database.value("select string_agg(script, ' ') from flyway_schema_history"));
    }
}

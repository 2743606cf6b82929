package dev.codewise.proxy.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestDatabaseTest {

    @Test
    void isARealPostgresOfTheVersionThatIsShipped() {
        var database = TestDatabase.fresh();

        assertThat(database.value("show server_version")).startsWith("18.");
    }

    @Test
    void isNobodyElses() {
        var one = TestDatabase.fresh();
        one.execute("create table mine (id int)");

        var other = TestDatabase.fresh();

        assertThat(other.value("select count(*) from pg_tables where tablename = 'mine'"))
                .isEqualTo("0");
    }
}

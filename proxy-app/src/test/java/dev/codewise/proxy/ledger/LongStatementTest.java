package dev.codewise.proxy.ledger;

import static io.r2dbc.spi.ConnectionFactoryOptions.STATEMENT_TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.database.TestDatabase;
import dev.codewise.proxy.ledger.UsageTable.By;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.test.StepVerifier;

class LongStatementTest {

    private static final Period PERIOD = new Period(Instant.EPOCH, Cursor.START.startedAt());

    private final TestDatabase database = TestDatabase.migrated();
    private final ConnectionPool oneConnection = new ConnectionPool(
            ConnectionPoolConfiguration.builder(impatient()).maxSize(1).build());
    private final DatabaseClient client = DatabaseClient.create(oneConnection);

    @AfterEach
    void close() {
        oneConnection.dispose();
    }

    @Test
    void mayTakeLongerThanAllOthersBeforeAndAfterIt() {
        var slow = client.sql("select pg_sleep(0.4)").then();

        StepVerifier.create(slow)
                .expectErrorMatches(LongStatementTest::isTimeout)
                .verify();
        StepVerifier.create(new LongStatement(client).run(slow)).verifyComplete();
        StepVerifier.create(slow)
                .expectErrorMatches(LongStatementTest::isTimeout)
                .verify();
    }

    @Test
    void isEachQuestionToTheLedger() {
        database.execute("alter table ledger_entry rename to entries");
        database.execute("create view ledger_entry as select entries.* from pg_sleep(0.4) left join entries on true");

        assertThat(new RequestTable(client)
                        .find(new Search(PERIOD, Map.of(), Cursor.START, 1))
                        .collectList()
                        .block())
                .isEmpty();
        assertThat(Objects.requireNonNull(
                                new UsageTable(client).in(PERIOD, By.DAY).block())
                        .groups())
                .isEmpty();
    }

    @Test
    void isTheMakingAndTheDroppingOfItsMonths() {
        database.execute("create or replace function make_ledger_month(within timestamptz) returns boolean"
                + " language sql as 'select pg_sleep(0.4) is null'");
        database.execute("create or replace function drop_ledger_before(oldest timestamptz) returns integer"
                + " language sql as 'select 0 from pg_sleep(0.4)'");

        var months = new LedgerMonths(client, Duration.ofDays(400), Clock.systemUTC());

        StepVerifier.create(months.keep()).verifyComplete();
    }

    private static boolean isTimeout(Throwable failure) {
        return String.valueOf(failure.getMessage()).contains("statement timeout");
    }

    private ConnectionFactory impatient() {
        return ConnectionFactories.get(ConnectionFactoryOptions.parse("r2dbc:" + database.url())
                .mutate()
                .option(STATEMENT_TIMEOUT, Duration.ofMillis(200))
                .build());
    }
}

package dev.codewise.proxy.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codewise.fixtures.ToggleProxy;
import dev.codewise.proxy.CapturedLog;
import dev.codewise.proxy.completion.ModelCatalogue;
import dev.codewise.proxy.database.TestDatabase;
import dev.codewise.proxy.prices.Prices;
import dev.codewise.proxy.pulse.Pulse;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.ConnectionFactories;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;

class LedgerWriterTest {

    private static final Prices PRICES = Prices.builtIn(new ModelCatalogue(Map.of()));

    private final TestDatabase database = TestDatabase.migrated();
    private final ToggleProxy way = ToggleProxy.to(database.host(), database.port());
    private final ConnectionPool pool = pool(database.at(way.port()));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final LedgerMetrics metrics = new LedgerMetrics(meters);
    private final LedgerQueue queue = new LedgerQueue(10_000, metrics);
    private final Pulse pulse =
            new LedgerWriter(queue, new LedgerTable(DatabaseClient.create(pool), PRICES), metrics).pulse();
    private final CapturedLog log = CapturedLog.of(LedgerWriter.class);

    LedgerWriterTest() throws IOException {}

    @AfterEach
    void close() {
        pulse.stop();
        pool.dispose();
        way.close();
        log.close();
    }

    @Test
    void entersWhatEndsWithinAMoment() {
        pulse.start();

        CompletionsEnded.many(3).forEach(queue::add);

        await().atMost(Duration.ofSeconds(20)).until(() -> rows() == 3);
        await().until(queue::isEmpty);
    }

    @Test
    void keepsWhatEndsWhileTheDatabaseIsAwayAndEntersItOnceEach() throws Exception {
        pulse.start();
        queue.add(CompletionsEnded.called("before"));
        await().until(() -> rows() == 1);

        way.cut();
        CompletionsEnded.many(450).forEach(queue::add);
        await().until(() -> !log.lines().isEmpty());
        way.mend();

        await().atMost(Duration.ofSeconds(20)).until(() -> rows() == 451);
        await().until(queue::isEmpty);
        assertThat(log.lines())
                .satisfiesExactly(
                        bad -> assertThat(bad).startsWith("WARN The ledger cannot be written: "),
                        good -> assertThat(good).isEqualTo("INFO The ledger is written again"));
    }

    @Test
    void givesUpAnEntryThatTheDatabaseWillNeverTakeAndWritesAllTheOthers() {
        database.execute("alter table ledger_entry add constraint odd check (asked_model <> 'refused')");
        CompletionsEnded.many(5).forEach(queue::add);
        queue.add(CompletionsEnded.of("req_refused", "refused", null));
        IntStream.range(5, 10)
                .mapToObj(i -> CompletionsEnded.called("req_" + i))
                .forEach(queue::add);

        pulse.start();

        await().atMost(Duration.ofSeconds(20)).until(() -> rows() == 10);
        await().until(queue::isEmpty);
        assertThat(meters.get("codewise.ledger.lost").counter().count()).isEqualTo(1);
        assertThat(log.lines()).singleElement().asString().startsWith("WARN An entry of the ledger is lost");
    }

    @Test
    void givesUpNothingWhileTheTableIsAway() {
        database.execute("alter table ledger_entry rename to elsewhere");
        CompletionsEnded.many(3).forEach(queue::add);
        pulse.start();
        await().until(() -> !log.lines().isEmpty());

        database.execute("alter table elsewhere rename to ledger_entry");

        await().atMost(Duration.ofSeconds(20)).until(() -> rows() == 3);
        assertThat(meters.get("codewise.ledger.lost").counter().count()).isZero();
    }

    @Test
    void writesWhatStillWaitsBeforeItStops() throws Exception {
        pulse.start();
        queue.add(CompletionsEnded.called("before"));
        await().until(() -> rows() == 1);
        CompletionsEnded.many(1000).forEach(queue::add);

        stop();

        assertThat(rows()).isEqualTo(1001);
        assertThat(meters.get("codewise.ledger.lost").counter().count()).isZero();
    }

    @Test
    void stopsWithoutTheDatabaseAndSaysWhatIsLost() throws Exception {
        pulse.start();
        way.cut();
        CompletionsEnded.many(7).forEach(queue::add);

        stop();

        assertThat(meters.get("codewise.ledger.lost").counter().count()).isEqualTo(7);
        assertThat(log.lines())
                .endsWith("WARN 7 entries of the ledger are lost, because the database did not take them");
    }

    @Test
    void countsAndTellsWhatEndsAfterTheLastEntriesWereWritten() throws Exception {
        pulse.start();
        stop();

        try (var late = CapturedLog.of(LedgerQueue.class)) {
            queue.add(CompletionsEnded.called("late"));

            assertThat(meters.get("codewise.ledger.lost").counter().count()).isEqualTo(1);
            assertThat(late.lines())
                    .containsExactly(
                            "WARN An entry of the ledger is lost, because its request ended after the last ones"
                                    + " were written");
        }
    }

    private void stop() throws InterruptedException {
        var stopped = new CountDownLatch(1);
        pulse.stop(stopped::countDown);
        assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(pulse.isRunning()).isFalse();
    }

    private int rows() {
        return Integer.parseInt(database.value("select count(*) from ledger_entry"));
    }

    private static ConnectionPool pool(TestDatabase database) {
        return new ConnectionPool(
                ConnectionPoolConfiguration.builder(ConnectionFactories.get("r2dbc:" + database.url()))
                        .initialSize(1)
                        .maxAcquireTime(Duration.ofSeconds(2))
                        .build());
    }
}

package dev.codewise.proxy.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codewise.fixtures.MovedClock;
import dev.codewise.proxy.CapturedLog;
import dev.codewise.proxy.database.TestDatabase;
import io.r2dbc.spi.ConnectionFactories;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.test.StepVerifier;

class LedgerMonthsTest {

    private static final String MONTHS =
            "select string_agg(right(inhrelid::regclass::text, 7), ' ' order by inhrelid::regclass::text)"
                    + " from pg_inherits where inhparent = 'ledger_entry'::regclass and inhrelid <> 'ledger_entry_other'::regclass";

    private final TestDatabase database = TestDatabase.migrated();
    private final MovedClock clock = new MovedClock(Instant.parse("2031-01-31T23:30:00Z"));

    @Test
    void areThereBeforeTheyBegin() {
        database.execute("select drop_ledger_before('2030-01-01Z')");

        keep(Duration.ofDays(400));

        assertThat(database.value(MONTHS)).isEqualTo("2031_01 2031_02");
        keep(Duration.ofDays(400));
        assertThat(database.value(MONTHS)).isEqualTo("2031_01 2031_02");
    }

    @Test
    void takeInWhatWentElsewhereForWantOfThem() {
        enter("early", "2031-02-01T00:00:00Z");
        enter("late", "2031-01-31T23:59:59.999999Z");
        enter("other", "2031-03-01T00:00:00Z");
        assertThat(database.value("select count(*) from ledger_entry_other")).isEqualTo("3");

        keep(Duration.ofDays(400));

        assertThat(database.value("select id from ledger_entry_2031_02")).isEqualTo("early");
        assertThat(database.value("select id from ledger_entry_2031_01")).isEqualTo("late");
        assertThat(database.value("select id from ledger_entry_other")).isEqualTo("other");
    }

    @Test
    void goAsAWholeOnceAllOfThemIsTooOld() {
        database.execute(
                "select drop_ledger_before('2030-01-01Z'), make_ledger_month('2030-11-15Z'), make_ledger_month('2030-12-15Z')");
        enter("november", "2030-11-30T23:59:59Z");
        enter("december", "2030-12-01T00:00:00Z");
        enter("stone age", "1970-01-01T00:00:00Z");

        keep(Duration.ofDays(61));
        assertThat(database.value(MONTHS)).isEqualTo("2030_12 2031_01 2031_02");

        assertThat(database.value("select string_agg(id, ' ') from ledger_entry"))
                .isEqualTo("december");
    }

    @Test
    void goOnceItIsKnownHowLongTheyAreKeptAndAreThenLookedAtOnceAnHour() {
        var retention = new AtomicReference<Optional<Duration>>(Optional.empty());
        var months = new LedgerMonths(client(), retention::get, clock);
        database.execute("select drop_ledger_before('2030-01-01Z'), make_ledger_month('2030-06-15Z')");
        months.keepWhenDue().block();
        assertThat(database.value(MONTHS)).isEqualTo("2030_06 2031_01 2031_02");

        retention.set(Optional.of(Duration.ofDays(61)));
        months.keepWhenDue().block();
        assertThat(database.value(MONTHS)).isEqualTo("2031_01 2031_02");

        database.execute("select make_ledger_month('2030-06-15Z')");
        clock.moves(Duration.ofMinutes(59));
        months.keepWhenDue().block();
        assertThat(database.value(MONTHS)).startsWith("2030_06");
        clock.moves(Duration.ofMinutes(1));
        months.keepWhenDue().block();
        assertThat(database.value(MONTHS)).doesNotContain("2030_06");
    }

    @Test
    void leaveAloneWhatSomebodyElseHasAttached() {
        database.execute("select drop_ledger_before('2030-01-01Z'), make_ledger_month('2030-11-15Z')");
        database.execute(
                "create table archive partition of ledger_entry for values from ('2020-01-01Z') to ('2021-01-01Z')");

        keep(Duration.ofDays(61));

        assertThat(database.value(MONTHS)).isEqualTo("archive 2031_01 2031_02");
    }

    @Test
    void areWarnedOfOnceWhenTheyCannotBeLookedAt() {
        var months = new LedgerMonths(client(), Duration.ofDays(400), clock);
        database.execute("alter function make_ledger_month rename to gone");

        try (var log = CapturedLog.of(LedgerMonths.class)) {
            for (int look = 0; look < 2; look++) {
                StepVerifier.create(months.keepWhenDue()).verifyError();
            }

            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WARN The months of the ledger could not be made and dropped: ")
                    .contains("make_ledger_month");
        }
        database.execute("alter function gone rename to make_ledger_month");
        months.keepWhenDue().block();
        assertThat(database.value(MONTHS)).endsWith("2031_01 2031_02");
    }

    @Test
    void areMadeOnceWhereSeveralProxiesStartAtOnce() {
        var both = client();

        reactor.core.publisher.Mono.when(
                        new LedgerMonths(both, Duration.ofDays(400), clock).keep(),
                        new LedgerMonths(client(), Duration.ofDays(400), clock).keep())
                .block();

        assertThat(database.value(MONTHS)).endsWith("2031_01 2031_02");
    }

    @Test
    void takeOverTheEntriesOfAnOlderProxy() {
        TestDatabase old = TestDatabase.fresh();
        migrate(old, "6");
        old.execute(
                "insert into ledger_entry (id, asked_model, started_at, ended_at, outcome, input_tokens, cost_usd) values"
                        + " ('a', 'sonnet', '2026-01-31T23:59:59.5Z', '2026-02-01T00:00:01Z', 'answered', 7, 0.5),"
                        + " ('b', 'opus', '2026-02-01T00:00:00Z', '2026-02-01T00:00:01Z', 'failed', null, null)");

        migrate(old, "latest");

        assertThat(old.value("select id || input_tokens || cost_usd || started_at from ledger_entry_2026_01"))
                .isEqualTo("a70.52026-01-31 23:59:59.5+00");
        assertThat(old.value("select asked_model || outcome from ledger_entry_2026_02"))
                .isEqualTo("opusfailed");
        assertThat(old.value("select count(*) from ledger_entry_other")).isEqualTo("0");
    }

    @Test
    void areKeptForADayAtLeast() {
        assertThatThrownBy(() -> new LedgerProperties(Duration.ofHours(23)))
                .hasMessage("LEDGER_RETENTION must be at least a day, such as 400d");
    }

    private void keep(Duration retention) {
        new LedgerMonths(client(), retention, clock).keep().block();
    }

    private DatabaseClient client() {
        return DatabaseClient.create(ConnectionFactories.get("r2dbc:" + database.url()));
    }

    private void enter(String id, String startedAt) {
        database.execute("insert into ledger_entry (id, asked_model, started_at, ended_at, outcome) values ('" + id
                + "', 'sonnet', '" + startedAt + "', now(), 'answered')");
    }

    private static void migrate(TestDatabase old, String version) {
        Flyway.configure()
                .dataSource(
                        "jdbc:postgresql://" + old.host() + ":" + old.port() + "/" + old.name(),
                        old.user(),
                        old.password())
                .target(version)
                .load()
                .migrate();
    }
}

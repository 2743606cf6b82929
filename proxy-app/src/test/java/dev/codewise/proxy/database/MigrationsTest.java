package dev.codewise.proxy.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codewise.fixtures.ToggleProxy;
import dev.codewise.proxy.CapturedLog;
import dev.codewise.proxy.home.CodewiseHome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;

class MigrationsTest {

    @TempDir
    Path folder;

    @Test
    void makesTheTables() {
        var database = TestDatabase.fresh();

        start(database.url(), context -> {
            var state = context.getBean(DatabaseState.class);
            assertThat(state.isReady()).isTrue();
            awaitAnswer(state);
            assertThat(state.description())
                    .isEqualTo(database.url().replace("//postgres:postgres@", "//") + " as postgres");
        });

        assertThat(database.value("select count(*) from ledger_entry")).isEqualTo("0");
    }

    @Test
    void startsWithoutTheServerAndIsReadyOnceThatIsThere() throws Exception {
        var database = TestDatabase.fresh();
        try (var way = ToggleProxy.to(database.host(), database.port());
                var log = CapturedLog.of(Migrations.class)) {
            way.cut();

            start(database.at(way.port()).url(), context -> {
                var state = context.getBean(DatabaseState.class);
                assertThat(state.isReady()).isFalse();
                assertThat(state.answers().block()).isFalse();
                way.mend();
                await().atMost(Duration.ofSeconds(20)).until(state::isReady);
                awaitAnswer(state);
            });

            assertThat(log.lines())
                    .satisfiesExactly(
                            warning -> assertThat(warning)
                                    .startsWith("WARN The database (postgresql://127.0.0.1:" + way.port())
                                    .contains(
                                            "does not answer: Connection refused. Start it, or correct DATABASE_URL."),
                            good -> assertThat(good).startsWith("INFO ").endsWith("answers now"));
        }
        assertThat(database.value("select count(*) from ledger_entry")).isEqualTo("0");
    }

    @Test
    void knowsAtAnyTimeWhetherTheServerAnswers() throws Exception {
        var database = TestDatabase.fresh();
        try (var way = ToggleProxy.to(database.host(), database.port())) {

            start(database.at(way.port()).url(), context -> {
                var state = context.getBean(DatabaseState.class);
                awaitAnswer(state);

                way.cut();
                assertThat(state.answers().block()).isFalse();

                way.mend();
                awaitAnswer(state);
            });
        }
    }

    @Test
    void endsTheStartWhenTheUserIsRefused() {
        var database = TestDatabase.fresh();

        start(
                database.url().replace("//postgres:", "//stranger:"),
                context -> assertThat(sentence(context))
                        .contains("as stranger) refuses that user or password. Correct them in DATABASE_URL")
                        .doesNotContain(":postgres@"));
    }

    @Test
    void endsTheStartWhenThereIsNoSuchDatabase() {
        var database = TestDatabase.fresh();

        start(
                database.url() + "_not",
                context -> assertThat(sentence(context))
                        .contains("/" + database.name() + "_not as")
                        .endsWith("does not exist. Create it, or correct its name in DATABASE_URL."));
    }

    @Test
    void endsTheStartWhenTheAddressIsNone() {
        start(
                "localhost:5432",
                context -> assertThat(sentence(context))
                        .startsWith("DATABASE_URL is \"")
                        .contains("must look like"));
    }

    @Test
    void endsTheStartWhenTheTablesAreNotThoseItKnows() {
        var database = TestDatabase.migrated();
        database.execute("update flyway_schema_history set checksum = 1");

        start(
                database.url(),
                context -> assertThat(sentence(context))
                        .contains("could not be brought up to date: ")
                        .contains("checksum mismatch")
                        .endsWith("or restore a backup."));
    }

    @Test
    void letsOneOfTwoProxiesMakeTheTablesWhileTheOtherWaits() {
        var database = TestDatabase.fresh();
        Runnable starting = () -> start(
                database.url(),
                context -> assertThat(context.getBean(DatabaseState.class).isReady())
                        .isTrue());

        CompletableFuture.allOf(CompletableFuture.runAsync(starting), CompletableFuture.runAsync(starting))
                .join();

        String count = "select count(*) from flyway_schema_history";
        assertThat(database.value(count)).isEqualTo(TestDatabase.migrated().value(count));
    }

    @Test
    void usesTheEmbeddedServerWhenNoneIsConfigured() {
        start("", context -> {
            var state = context.getBean(DatabaseState.class);
            awaitAnswer(state);
            assertThat(state.description()).isEqualTo("embedded PostgreSQL 18 in " + folder.resolve("postgres"));
        });
    }

    private void start(String url, ContextConsumer<AssertableApplicationContext> then) {
        new ApplicationContextRunner()
                .withUserConfiguration(DatabaseConfiguration.class)
                .withConfiguration(AutoConfigurations.of(FlywayAutoConfiguration.class, R2dbcAutoConfiguration.class))
                .withBean(CodewiseHome.class, () -> new CodewiseHome(folder))
                .withPropertyValues("codewise.database.url=" + url)
                .run(then);
    }

    /** The very first answer may take longer than it is waited for, while the driver's classes are loaded. */
    private static void awaitAnswer(DatabaseState state) {
        await().atMost(Duration.ofSeconds(10))
                .until(() -> state.answers().blockOptional().orElseThrow());
    }

    private static String sentence(AssertableApplicationContext context) {
        assertThat(context).hasFailed();
        return Stream.<Throwable>iterate(context.getStartupFailure(), failure -> failure != null, Throwable::getCause)
                .filter(DatabaseUnusableException.class::isInstance)
                .map(Throwable::getMessage)
                .findFirst()
                .orElseThrow();
    }
}

package dev.codewise.proxy.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codewise.fixtures.ToggleProxy;
import dev.codewise.proxy.ProxyProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of the database: with the jar, as processes. */
@Tag("long")
class ProxyJarIT {

    private static final int TERMINATED = 143;

    @TempDir
    Path home;

    @Nested
    class WithAnEmbeddedServer {

        @Test
        void keepsItsDataWhenItIsKilledAndRefusesASecondProxyAndStopsInOrder() throws Exception {
            try (var killed = ProxyProcess.run(home, Map.of())) {
                killed.awaitStart();
                embedded()
                        .execute("insert into ledger_entry (id, asked_model, started_at, ended_at, outcome)"
                                + " values ('kept', 'opus', now(), now(), 'failed')");
                killed.kill();
            }
            long orphan = serverProcess();
            assertThat(ProcessHandle.of(orphan)).isPresent();

            try (var next = ProxyProcess.run(home, Map.of())) {
                next.awaitStart();
                assertThat(ProcessHandle.of(orphan)).isEmpty();
                assertThat(embedded().value("select asked_model from ledger_entry where id = 'kept'"))
                        .isEqualTo("opus");

                try (var second = ProxyProcess.run(home, Map.of())) {
                    assertThat(second.awaitEnd()).isEqualTo(1);
                    assertThat(second.output())
                            .contains("Another proxy is using the database in " + home.resolve("postgres")
                                    + ". Stop that one, or set CODEWISE_HOME to another folder.");
                }

                long server = serverProcess();
                next.terminate();
                assertThat(next.awaitEnd()).isEqualTo(TERMINATED);
                await().untilAsserted(() -> assertThat(ProcessHandle.of(server)).isEmpty());
            }
            assertThat(home.resolve("postgres/server.log")).content().contains("database system is shut down");
        }

        private TestDatabase embedded() throws IOException {
            String password =
                    Files.readString(home.resolve("postgres-password")).strip();
            int port = Integer.parseInt(pidFileLine(3));
            return new TestDatabase("127.0.0.1", port, "postgres", "postgres", password);
        }

        private long serverProcess() throws IOException {
            return Long.parseLong(pidFileLine(0));
        }

        private String pidFileLine(int number) throws IOException {
            return Files.readAllLines(home.resolve("postgres/data/postmaster.pid"))
                    .get(number)
                    .strip();
        }
    }

    @Nested
    class WithAServerOfItsOwn {

        @Test
        void startsWhileTheServerIsAwayAndKeepsRequestsOnceItIsThere() throws Exception {
            var database = TestDatabase.fresh();
            try (var way = ToggleProxy.to(database.host(), database.port())) {
                way.cut();
                try (var proxy = ProxyProcess.run(
                        home, Map.of("DATABASE_URL", database.at(way.port()).url()))) {
                    proxy.awaitStart();
                    assertThat(proxy.output()).contains("does not answer: Connection refused.");

                    way.mend();

                    await().until(() -> proxy.output().contains("answers now"));
                    assertThat(database.value("select count(*) from ledger_entry"))
                            .isEqualTo("0");
                }
            }
            assertThat(home.resolve("postgres")).doesNotExist();
        }

        @Test
        void migratesAndEnds() throws Exception {
            var database = TestDatabase.fresh();

            try (var proxy = ProxyProcess.run(home, Map.of("DATABASE_URL", database.url()), "migrate")) {
                assertThat(proxy.awaitEnd()).isZero();
                assertThat(proxy.output()).contains("is up to date").doesNotContain(":postgres@");
            }
            assertThat(database.value("select count(*) from ledger_entry")).isEqualTo("0");
        }

        @Test
        void saysWhyItDoesNotMigrate() throws Exception {
            var database = TestDatabase.fresh();

            try (var proxy = ProxyProcess.run(home, Map.of("DATABASE_URL", database.url() + "_not"), "migrate")) {
                assertThat(proxy.awaitEnd()).isEqualTo(1);
                assertThat(proxy.output()).contains("does not exist. Create it, or correct its name in DATABASE_URL.");
            }
        }
    }

    @Test
    void knowsNoOtherWords() throws Exception {
        try (var proxy = ProxyProcess.run(home, Map.of(), "frobnicate")) {
            assertThat(proxy.awaitEnd()).isEqualTo(2);
            assertThat(proxy.output())
                    .contains("there is no \"frobnicate\" here.", "Usage: ", "serve", "migrate", "keys");
        }
    }
}

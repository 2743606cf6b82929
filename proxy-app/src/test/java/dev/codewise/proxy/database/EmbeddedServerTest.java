package dev.codewise.proxy.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.codewise.proxy.home.CodewiseHome;
import dev.codewise.proxy.home.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServerTest {

    /** With a database in it that all these tests may start, one after the other. */
    @TempDir
    static Path shared;

    @TempDir
    Path empty;

    @Nested
    class WhileItRuns {

        private final EmbeddedServer server = serverIn(shared);

        @AfterEach
        void close() {
            server.close();
        }

        @Test
        void refusesASecondProxyOnTheSameFolder() {
            assertThatThrownBy(() -> serverIn(shared))
                    .isInstanceOf(DatabaseUnusableException.class)
                    .hasMessage("Another proxy is using the database in " + shared.resolve("postgres")
                            + ". Stop that one, or set CODEWISE_HOME to another folder.");

            assertThat(database(server).value("select 1")).isEqualTo("1");
        }

        @Test
        void letsNobodyInWithoutItsPassword() throws IOException {
            assertThatThrownBy(() -> DriverManager.getConnection(server.url().jdbcUrl(), "postgres", "postgres"))
                    .asInstanceOf(type(SQLException.class))
                    .returns("28P01", SQLException::getSQLState);

            assertThat(database(server).value("select string_agg(distinct auth_method, ' ') from pg_hba_file_rules"))
                    .isEqualTo("scram-sha-256");
            assertThat(Files.getPosixFilePermissions(shared.resolve("postgres")))
                    .isEqualTo(PosixFilePermissions.fromString("rwx------"));
            assertThat(Files.getPosixFilePermissions(shared.resolve("postgres-password")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }

        @Test
        void isReachedFromThisMachineOnlyAndForgetsNothingItHasConfirmed() {
            var database = database(server);

            assertThat(database.value("show listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(database.value("show unix_socket_directories")).isEmpty();
            assertThat(database.value("show fsync")).isEqualTo("on");
            assertThat(database.value("show synchronous_commit")).isEqualTo("on");
            assertThat(database.value("show server_version")).startsWith(EmbeddedServer.MAJOR_VERSION + ".");
        }
    }

    @Test
    void keepsItsDataOverARestart() {
        try (var first = serverIn(shared)) {
            database(first).execute("create table kept as select 'still here' as what");
        }

        try (var second = serverIn(shared)) {
            assertThat(database(second).value("select what from kept")).isEqualTo("still here");
        }
    }

    @Test
    void takesOverWhenTheProxyBeforeItWasKilled() throws Exception {
        var killed = ServerProcess.startedIn(shared);
        killed.database().execute("create table survived as select 'still here' as what");
        var orphan = killed.server();

        killed.kill();

        assertThat(orphan.isAlive()).isTrue();
        try (var somebody = killed.database().connect();
                var next = serverIn(shared)) {
            assertThat(database(next).value("select what from survived")).isEqualTo("still here");
            assertThat(somebody.isValid(1)).isFalse();
        }
        assertThat(shared.resolve("postgres/server.log")).content().doesNotContain("not properly shut down");
        assertThat(orphan.isAlive()).isFalse();
    }

    @Test
    void isNotKeptFromStartingByAProcessThatGotTheNumberOfTheOldServer() throws IOException {
        serverIn(shared).close();
        long number = ProcessHandle.current().pid();
        Files.write(shared.resolve("postgres/data/postmaster.pid"), List.of(String.valueOf(number), "more"));

        try (var server = serverIn(shared)) {
            assertThat(database(server).value("select 1")).isEqualTo("1");
        }
    }

    @Test
    void leavesTheDataOfAnotherMajorVersionAlone() throws IOException {
        var version = Files.createDirectories(empty.resolve("postgres/data")).resolve("PG_VERSION");
        Files.writeString(version, "17\n");

        assertThatThrownBy(() -> serverIn(empty))
                .isInstanceOf(DatabaseUnusableException.class)
                .hasMessageContaining("is that of PostgreSQL 17, and this proxy brings PostgreSQL 18")
                .hasMessageContaining("CODEWISE_HOME");
        assertThat(version).hasContent("17\n");
    }

    @Test
    void startsAnewWhereTheVeryFirstStartWasInterrupted() throws IOException {
        Files.writeString(
                Files.createDirectories(empty.resolve("postgres/data")).resolve("postgresql.conf"), "half");

        try (var server = serverIn(empty)) {
            assertThat(database(server).value("select 1")).isEqualTo("1");
        }
        try (var found = Files.find(empty, 3, (path, type) -> path.endsWith("postgresql.conf"))) {
            assertThat(found).anySatisfy(file -> assertThat(file).hasContent("half"));
        }
    }

    @Test
    void saysSoWhenItsPasswordIsGone() throws IOException {
        Files.createFile(Files.createDirectories(empty.resolve("postgres/data")).resolve("codewise-complete"));

        assertThatThrownBy(() -> serverIn(empty))
                .isInstanceOf(DatabaseUnusableException.class)
                .hasMessageContaining("put " + empty.resolve("postgres-password") + " back");
    }

    @Test
    void saysSoWhenItCannotStart() throws IOException {
        Files.writeString(empty.resolve("postgres"), "a file where the folder should be");

        assertThatThrownBy(() -> serverIn(empty))
                .isInstanceOf(DatabaseUnusableException.class)
                .hasMessageStartingWith("The embedded PostgreSQL in " + empty.resolve("postgres") + " did not start: ")
                .hasMessageEndingWith("or set DATABASE_URL to use a server of your own.");
    }

    private static EmbeddedServer serverIn(Path folder) {
        return EmbeddedServer.in(new CodewiseHome(folder));
    }

    private static TestDatabase database(EmbeddedServer server) {
        var url = server.url();
        Secret password = url.login().password();
        return new TestDatabase(url.host(), url.port(), url.name(), url.login().user(), password.reveal());
    }
}

package dev.codewise.proxy.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codewise.fixtures.FakeAnthropic;
import dev.codewise.proxy.CapturedLog;
import dev.codewise.proxy.ledger.Traffic.Answer;
import dev.codewise.proxy.status.ProxyStart;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("long")
@Timeout(180)
class KilledDatabaseTest {

    private static final String KEY = "a-key-for-the-clients";
    private static final int ENOUGH = 100;

    @TempDir
    Path folder;

    @Test
    void m54GoesOnAnsweringAndEntersEachRequestOnceWhenTheDatabaseIsBack() throws Exception {
        EmbeddedPostgres first = server(0);
        int port = first.getPort();
        try (var anthropic = FakeAnthropic.start();
                var proxy = ProxyStart.with(Map.of(
                        "DATABASE_URL",
                        "postgresql://postgres:postgres@127.0.0.1:" + port + "/postgres",
                        "CODEWISE_API_KEY",
                        KEY,
                        "ANTHROPIC_API_KEY",
                        "made-up-for-a-test",
                        "ANTHROPIC_BASE_URL",
                        anthropic.baseUrl().toString(),
                        "LOGGING_LEVEL_DEV_CODEWISE_PROXY",
                        "error"));
                var traffic = Traffic.at(URI.create("http://127.0.0.1:" + proxy.port()), KEY, 4)) {
            awaitMore(traffic);

            kill(first);
            awaitMore(traffic);
            try (EmbeddedPostgres second = restarted(port)) {
                awaitMore(traffic);
                traffic.stop();

                assertThat(traffic.answers()).extracting(Answer::status).containsOnly(200);
                int answers = traffic.answers().size();
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> value(second, "select count(*) from ledger_entry")
                                .equals("" + answers));
                assertThat(new TreeSet<>(List.of(value(second, "select string_agg(id, ' ') from ledger_entry")
                                .split(" "))))
                        .isEqualTo(traffic.answers().stream()
                                .map(Answer::requestId)
                                .collect(Collectors.toCollection(TreeSet::new)));
            }
        }
    }

    private static void awaitMore(Traffic traffic) {
        int before = traffic.answers().size();
        await().atMost(Duration.ofSeconds(60)).until(() -> traffic.answers().size() >= before + ENOUGH);
    }

    private EmbeddedPostgres server(int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("data"))
                .setCleanDataDirectory(false)
                .setPort(port)
                .setServerConfig("synchronous_commit", "on")
                .start();
    }

    /** The processes of the one that was killed may hold its memory for a moment. */
    private EmbeddedPostgres restarted(int port) {
        return await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> server(port), server -> true);
    }

    /** What watches over it holds its folder until it is told that it is gone, of which it complains. */
    private void kill(EmbeddedPostgres running) throws IOException {
        String pid = Files.readAllLines(folder.resolve("data/postmaster.pid")).get(0);
        ProcessHandle server = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        assertThat(server.destroyForcibly()).isTrue();
        server.onExit().join();
        try (var log = CapturedLog.of(EmbeddedPostgres.class)) {
            running.close();
            assertThat(log.lines()).anyMatch(line -> line.contains("Could not stop postmaster"));
        }
    }

    private static String value(EmbeddedPostgres server, String sql) throws SQLException {
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        }
    }
}

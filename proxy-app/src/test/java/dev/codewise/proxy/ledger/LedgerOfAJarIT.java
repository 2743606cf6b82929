package dev.codewise.proxy.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codewise.fixtures.FakeAnthropic;
import dev.codewise.proxy.ProxyProcess;
import dev.codewise.proxy.database.TestDatabase;
import dev.codewise.proxy.ledger.Traffic.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of the ledger when the jar ends under traffic, in one way or the other. */
@Tag("long")
class LedgerOfAJarIT {

    private static final String KEY = "a-key-for-the-clients";
    private static final int ENOUGH = 500;
    private static final int TERMINATED = 143;

    /** Far longer than an entry waits to be written where nothing is in its way, and than one statement that stalls. */
    private static final Duration LONG_AGO = Duration.ofSeconds(15);

    @TempDir
    Path home;

    private final TestDatabase database = TestDatabase.fresh();
    private FakeAnthropic anthropic;
    private ProxyProcess proxy;

    @BeforeEach
    void start() throws IOException {
        anthropic = FakeAnthropic.start();
        proxy = ProxyProcess.run(
                home,
                Map.of(
                        "DATABASE_URL",
                        database.url(),
                        "CODEWISE_API_KEY",
                        KEY,
                        "ANTHROPIC_API_KEY",
                        "made-up-for-a-test",
                        "ANTHROPIC_BASE_URL",
                        anthropic.baseUrl().toString()));
        proxy.awaitStart();
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        anthropic.close();
    }

    @Test
    void losesNothingWhenItIsTerminated() throws Exception {
        try (var traffic = Traffic.at(proxy.url(), KEY, 8)) {
            awaitAnswers(traffic);

            proxy.terminate();
            assertThat(proxy.awaitEnd()).isEqualTo(TERMINATED);
            traffic.stop();

            assertThat(missing(traffic.answers())).isEmpty();
            assertThat(proxy.output()).doesNotContain("are lost");
        }
    }

    @Test
    void losesWhatEndedInTheLastMomentsWhenItIsKilledAndNothingElse() throws Exception {
        try (var traffic = Traffic.at(proxy.url(), KEY, 8)) {
            awaitAnswers(traffic);
            long start = System.nanoTime();
            await().atMost(Duration.ofSeconds(60))
                    .until(() ->
                            System.nanoTime() - start > LONG_AGO.plusSeconds(5).toNanos());

            proxy.kill();
            long killed = System.nanoTime();
            traffic.stop();

            List<Answer> missing = missing(traffic.answers());
            assertThat(missing)
                    .as("%d of %d", missing.size(), traffic.answers().size())
                    .allMatch(answer -> killed - answer.atNanos() < LONG_AGO.toNanos());
        }
    }

    private static void awaitAnswers(Traffic traffic) {
        await().atMost(Duration.ofSeconds(90)).until(() -> traffic.answers().size() >= ENOUGH);
    }

    private List<Answer> missing(List<Answer> answers) {
        Set<String> entered = Set.of(
                database.value("select string_agg(id, ' ') from ledger_entry").split(" "));
        return answers.stream()
                .filter(answer -> answer.status() == 200)
                .filter(answer -> !entered.contains(answer.requestId()))
                .toList();
    }
}

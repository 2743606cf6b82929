package dev.codewise.agent.run;

import static dev.codewise.agent.run.Requests.request;
import static dev.codewise.agent.run.Requests.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codewise.agent.FakeProxy;
import dev.codewise.agent.Uplinks;
import dev.codewise.agent.claude.Claude;
import dev.codewise.agent.run.Runs.Capacity;
import dev.codewise.fixtures.FakeClaude;
import dev.codewise.protocol.CancelReason;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left over of a thousand runs, a tenth of them cancelled wherever they were: nothing. */
@Tag("long")
class ManyRunsTest {

    private static final int WARMING = 50;
    private static final int COUNT = 1000;
    private static final int AT_ONCE = 4;
    private static final long SOME_MEMORY = 16L * 1024 * 1024;

    @TempDir
    Path folder;

    private final Semaphore places = new Semaphore(AT_ONCE);
    private FakeProxy proxy;
    private FakeClaude fake;
    private Runs runs;

    @BeforeEach
    void start() throws IOException {
        proxy = FakeProxy.start();
        fake = FakeClaude.in(folder).says("Hel", "lo");
        var claude = new Claude(fake.executable().toString(), Map.of("PATH", System.getenv("PATH")));
        runs = new Runs(claude, Uplinks.to(proxy), new Capacity(2 * AT_ONCE, List.of()), new Gate());
    }

    @AfterEach
    void stop() {
        proxy.close();
    }

    @Test
    void leaveNoProcessThreadFileOrMemoryBehind() throws Exception {
        run(0, WARMING);
        var before = Traces.now();

        run(WARMING, COUNT);

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> Traces.now().areNoMoreThan(before));
        assertThat(proxy.posts())
                .filteredOn(post -> post.path("type").asString("").equals("complete"))
                .hasSizeBetween((WARMING + COUNT) * 9 / 10, WARMING + COUNT);
        assertThat(fake.calls()).hasSizeGreaterThan(COUNT * 9 / 10).allSatisfy(call -> {
            assertThat(call.alive()).isEmpty();
            assertThat(call.workingFolder()).doesNotExist();
        });
    }

    private void run(int first, int count) throws InterruptedException {
        for (var number = first; number < first + count; number++) {
            places.acquire();
            runs.accept(request("req_" + number, user("Hi")));
            if (number % 10 == 0) {
                runs.cancel("req_" + number, CancelReason.CLIENT_DISCONNECTED);
            }
        }
        places.acquire(AT_ONCE);
        places.release(AT_ONCE);
        assertThat(runs.awaitNone(Duration.ofSeconds(20))).isTrue();
    }

    /** Lets the next run in when one has ended. */
    private final class Gate implements RunListener {

        @Override
        public void started(String requestId, String model) {}

        @Override
        public void retrying(String requestId, int attempt, int status) {}

        @Override
        public void ended(String requestId, RunEnd end) {
            places.release();
        }
    }

    private record Traces(long processes, int threads, int files, long memory) {

        static Traces now() {
            System.gc();
            var runtime = Runtime.getRuntime();
            return new Traces(
                    ProcessHandle.current().descendants().count(),
                    ManagementFactory.getThreadMXBean().getThreadCount(),
                    openFiles(),
                    runtime.totalMemory() - runtime.freeMemory());
        }

        /** None where the system does not tell. */
        private static int openFiles() {
            var open = Path.of("/proc/self/fd");
            var names = open.toFile().list();
            return names == null ? 0 : names.length;
        }

        void areNoMoreThan(Traces before) {
            assertThat(processes).isLessThanOrEqualTo(before.processes);
            assertThat(threads).isLessThanOrEqualTo(before.threads + AT_ONCE);
            assertThat(files).isLessThanOrEqualTo(before.files + AT_ONCE);
            assertThat(memory).isLessThan(before.memory + SOME_MEMORY);
        }
    }
}

package dev.codewise.agent.run;

import static dev.codewise.agent.run.Requests.request;
import static dev.codewise.agent.run.Requests.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codewise.agent.FakeProxy;
import dev.codewise.agent.Uplinks;
import dev.codewise.agent.claude.Claude;
import dev.codewise.agent.run.Runs.Capacity;
import dev.codewise.agent.upload.Uplink;
import dev.codewise.fixtures.FakeClaude;
import dev.codewise.protocol.CancelReason;
import dev.codewise.protocol.ProxyEvent.ResumedRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of a proxy of level 1, which can stop them and outlives a connection with them. */
class LevelOneRunsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration BEAT = Duration.ofSeconds(15);

    @TempDir
    Path folder;

    private FakeProxy proxy;
    private FakeClaude claude;
    private Uplink uplink;
    private Runs runs;
    private final List<String> outcomes = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws IOException {
        proxy = FakeProxy.start().speaksLevel1(BEAT, PATIENCE);
        claude = FakeClaude.in(folder);
        uplink = Uplinks.to(proxy);
        uplink.connected(Uplinks.greeting(BEAT, Duration.ofMillis(300)));
        runs = new Runs(
                new Claude(claude.executable().toString(), Map.of("PATH", System.getenv("PATH"))),
                uplink,
                new Capacity(2, List.of()),
                new Outcomes());
    }

    @AfterEach
    void stop() throws InterruptedException {
        runs.stopAll();
        assertThat(runs.awaitNone(PATIENCE)).isTrue();
        proxy.close();
        assertThat(claude.calls()).allSatisfy(call -> assertThat(call.alive()).isEmpty());
    }

    @Test
    void bringsTheAnswerNumbered() throws Exception {
        claude.says("Hel", "lo");

        runs.accept(request("req_1", user("Hi")));

        assertThat(proxy.awaitEnd("req_1").path("type").asString()).isEqualTo("complete");
        assertThat(proxy.text("req_1")).isEqualTo("Hello");
        assertThat(runs.awaitNone(PATIENCE)).isTrue();
        assertThat(outcomes).containsExactly("finished");
    }

    @Test
    void stopsClaudeAndItsFamilyWhenTheProxySaysSo() throws Exception {
        claude.forksAGrandchild().begins("Hel").ignoresSignals();
        runs.accept(request("req_1", user("Hi")));
        proxy.awaitText("req_1", "Hel");
        assertThat(claude.calls().get(0).alive()).hasSize(3);

        runs.cancel("req_1", CancelReason.CLIENT_DISCONNECTED);

        await().until(() -> claude.calls().get(0).alive().isEmpty());
        assertThat(runs.awaitNone(PATIENCE)).isTrue();
        assertThat(outcomes).containsExactly("stopped: nobody waits for it any more");
        assertThat(proxy.posts()).hasSize(1);
    }

    @Test
    void stopsOnlyTheRunThatIsMeant() {
        claude.begins("Hel").stalls();
        runs.accept(request("req_1", user("Hi")));
        runs.accept(request("req_2", user("Hi")));
        proxy.awaitText("req_1", "Hel");
        proxy.awaitText("req_2", "Hel");

        runs.cancel("req_3", CancelReason.ADMIN);
        runs.cancel("req_2", CancelReason.TIMEOUT);

        await().until(() -> outcomes.equals(List.of("stopped: it took too long for the proxy")));
        assertThat(runs.running()).isEqualTo(1);
        assertThat(runs.load().freeSlots()).isEqualTo(1);
    }

    @Test
    void stopsWhatTheProxyDoesNotKnowAnyMoreAndGoesOnWithTheRest() {
        claude.begins("Hel").waitsToBeReleased().says("lo");
        runs.accept(request("req_1", user("Hi")));
        runs.accept(request("req_2", user("Hi")));
        proxy.awaitText("req_1", "Hel");
        proxy.awaitText("req_2", "Hel");
        assertThat(runs.load().running())
                .allSatisfy(run -> assertThat(run.nextSeq()).isEqualTo(2));

        runs.resumed(List.of(ResumedRun.gone("req_1"), ResumedRun.from("req_2", 2)));

        await().until(() -> outcomes.equals(List.of("stopped: nobody waits for it any more")));
        claude.release();
        assertThat(proxy.awaitEnd("req_2").path("type").asString()).isEqualTo("complete");
        assertThat(proxy.text("req_2")).isEqualTo("Hello");
    }

    @Test
    void endsARunWhenStreamAndPostsFail() throws Exception {
        claude.begins("Hel").stalls();
        runs.accept(request("req_1", user("Hi")));
        proxy.awaitText("req_1", "Hel");

        proxy.close();
        uplink.disconnected();
        runs.streamLost();

        assertThat(runs.awaitNone(Duration.ofSeconds(10))).isTrue();
        assertThat(outcomes).containsExactly("given up: the proxy cannot be reached");
    }

    @Test
    void refusesWhatIsHandedOverAgainAndDoesNotRunAnyMore() throws Exception {
        claude.stalls();
        runs.accept(request("req_1", user("Hi")));
        runs.accept(request("req_1", user("Hi")).again());
        runs.cancel("req_1", null);
        assertThat(runs.awaitNone(PATIENCE)).isTrue();

        runs.accept(request("req_1", user("Hi")).again());

        var end = proxy.awaitEnd("req_1");
        assertThat(end.at("/error/code").asString()).isEqualTo("busy");
        assertThat(end.path("seq").asLong()).isEqualTo(1);
        assertThat(claude.calls()).hasSizeLessThanOrEqualTo(1);
    }

    private final class Outcomes implements RunListener {

        @Override
        public void started(String requestId, String model) {}

        @Override
        public void retrying(String requestId, int attempt, int status) {}

        @Override
        public void ended(String requestId, RunEnd end) {
            outcomes.add(end.outcome());
        }
    }
}

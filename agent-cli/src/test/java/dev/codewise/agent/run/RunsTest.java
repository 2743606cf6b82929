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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private FakeProxy proxy;
    private FakeClaude claude;
    private Runs runs;
    private final Told told = new Told();

    @BeforeEach
    void start() throws IOException {
        proxy = FakeProxy.start();
        claude = FakeClaude.in(folder);
        runs = runs(new Capacity(2, List.of()));
    }

    private Runs runs(Capacity capacity) {
        return new Runs(
                new Claude(claude.executable().toString(), Map.of("PATH", System.getenv("PATH"))),
                Uplinks.to(proxy),
                capacity,
                told);
    }

    @AfterEach
    void stop() throws InterruptedException {
        runs.stopAll();
        assertThat(runs.awaitNone(PATIENCE)).isTrue();
        proxy.close();
        assertThat(claude.calls()).allSatisfy(call -> assertThat(call.alive()).isEmpty());
    }

    @Test
    void bringsTheAnswerToTheProxy() throws Exception {
        claude.says("Hel", "lo");

        runs.accept(request("req_1", user("Hi")));

        var end = proxy.awaitEnd("req_1");
        assertThat(proxy.text("req_1")).isEqualTo("Hello");
        assertThat(end.path("type").asString()).isEqualTo("complete");
        assertThat(end.path("finishReason").asString()).isEqualTo("stop");
        assertThat(end.path("model").asString()).isEqualTo("claude-sonnet-5");
        assertThat(end.at("/usage/inputTokens").asInt()).isEqualTo(7);
        assertThat(end.at("/usage/outputTokens").asInt()).isEqualTo(2);
        assertThat(end.path("costUsd").decimalValue()).isEqualByComparingTo("0.25");
        assertThat(runs.awaitNone(PATIENCE)).isTrue();
        assertThat(told.lines).containsExactly("started opus", "finished, 7 in, 2 out");
    }

    @Test
    void bringsThoughtsToTheProxyBesideTheAnswer() {
        claude.thinks("Let me", " see").says("Hello");

        runs.accept(request("req_1", user("Hi")));

        proxy.awaitEnd("req_1");
        var thoughts = proxy.posts().stream().map(post -> post.path("thinking").asString(""));
        assertThat(thoughts.collect(Collectors.joining())).isEqualTo("Let me see");
        assertThat(proxy.text("req_1")).isEqualTo("Hello");
    }

    @Test
    void tellsThatClaudeTriesAgain() throws Exception {
        claude.retries(1, 529).retries(2, 529).says("Hello");

        runs.accept(request("req_1", user("Hi")));

        proxy.awaitEnd("req_1");
        assertThat(runs.awaitNone(PATIENCE)).isTrue();
        assertThat(told.lines)
                .containsExactly(
                        "started opus", "retrying 1 after 529", "retrying 2 after 529", "finished, 7 in, 1 out");
    }

    @Test
    void saysWhichStopSequenceEndedTheAnswer() {
        claude.stopsAt("END", "Hello");

        runs.accept(request("req_1", user("Hi")));

        assertThat(proxy.awaitEnd("req_1").path("stopSequence").asString()).isEqualTo("END");
    }

    @Test
    void saysThatTheTokenLimitCutTheAnswer() {
        claude.runsIntoTheTokenLimit("Hel");

        runs.accept(request("req_1", user("Hi")));

        assertThat(proxy.awaitEnd("req_1").path("finishReason").asString()).isEqualTo("length");
        assertThat(proxy.text("req_1")).isEqualTo("Hel");
    }

    @Test
    void saysWhyThereIsNoAnswerAndServesTheNext() throws Exception {
        claude.hangsUp();

        runs.accept(request("req_1", user("Hi")));

        assertThat(errorOf("req_1")).isEqualTo("cli_exit");
        assertThat(runs.awaitNone(PATIENCE)).isTrue();
        runs.accept(request("req_2", user("Hi")));
        assertThat(errorOf("req_2")).isEqualTo("cli_exit");
    }

    @Test
    void refusesAModelThatIsNoneWithoutStartingClaude() {
        runs.accept(Requests.ofModel("--settings"));

        assertThat(errorOf("req_1")).isEqualTo("invalid_request");
        assertThat(claude.calls()).isEmpty();
    }

    @Test
    void saysThatClaudeIsGone() throws IOException {
        Files.delete(claude.executable());

        runs.accept(request("req_1", user("Hi")));

        assertThat(errorOf("req_1")).isEqualTo("cli_not_found");
    }

    @Test
    void givesUpASilentClaudeAfterTheSilenceOfTheRequest() throws Exception {
        claude.stalls();

        runs.accept(Requests.silentFor("req_1", 300));

        assertThat(errorOf("req_1")).isEqualTo("cli_timeout");
        assertThat(runs.awaitNone(PATIENCE)).isTrue();
        await().until(() -> claude.calls().get(0).alive().isEmpty());
    }

    @Test
    void takesARequestOnlyOnce() {
        claude.says("Hello");

        runs.accept(request("req_1", user("Hi")));
        runs.accept(request("req_1", user("Hi")));
        proxy.awaitEnd("req_1");
        runs.accept(request("req_1", user("Hi")));
        runs.accept(request("req_2", user("Hi")));
        proxy.awaitEnd("req_2");

        assertThat(claude.calls()).hasSize(2);
    }

    @Test
    void isBusyWhenItHasTakenItsRequestsOfTheHour() throws Exception {
        claude.says("Hello");
        var once = new Admission(WorkingHours.ALWAYS, 1, Clock.systemUTC());
        var sparing = runs(new Capacity(2, List.of(), once));

        sparing.accept(request("req_1", user("Hi")));
        sparing.accept(request("req_2", user("Hi")));
        sparing.accept(request("req_1", user("Hi")));

        assertThat(errorOf("req_2")).isEqualTo("busy");
        assertThat(proxy.awaitEnd("req_1").path("type").asString()).isEqualTo("complete");
        assertThat(sparing.awaitNone(PATIENCE)).isTrue();
        assertThat(claude.calls()).hasSize(1);
    }

    @Test
    void isBusyWhenAsManyWaitAsItHasSlots() {
        claude.waitsToBeReleased().says("Hello");

        runs.accept(request("req_1", user("Hi")));
        runs.accept(request("req_2", user("Hi")));
        runs.accept(request("req_3", user("Hi")));
        runs.accept(request("req_4", user("Hi")));
        runs.accept(request("req_5", user("Hi")));

        assertThat(errorOf("req_5")).isEqualTo("busy");
        claude.release();
        assertThat(proxy.awaitEnd("req_1").path("type").asString()).isEqualTo("complete");
        assertThat(proxy.awaitEnd("req_2").path("type").asString()).isEqualTo("complete");
    }

    /** The proxy has the whole answer before the process is gone. */
    @Test
    void takesARequestThatComesWhileASlotIsBeingLeft() {
        claude.waitsToBeReleased().says("Hello");
        runs = runs(new Capacity(1, List.of()));
        runs.accept(request("req_1", user("Hi")));

        runs.accept(request("req_2", user("Hi")));
        claude.release();

        assertThat(proxy.awaitEnd("req_1").path("type").asString()).isEqualTo("complete");
        assertThat(proxy.awaitEnd("req_2").path("type").asString()).isEqualTo("complete");
    }

    @Test
    void stopsClaudeAndItsFamilyWhenNobodyWaitsAnyMore() throws Exception {
        proxy.answersPosts(200, 404);
        claude.forksAGrandchild().begins("Hel").waitsToBeReleased().begins("lo").ignoresSignals();
        runs.accept(request("req_1", user("Hi")));
        proxy.awaitText("req_1", "Hel");
        assertThat(claude.calls().get(0).alive()).hasSize(3);

        claude.release();

        assertThat(runs.awaitNone(PATIENCE)).isTrue();
        await().until(() -> claude.calls().get(0).alive().isEmpty());
        assertThat(told.lines).contains("stopped: nobody waits for it any more, 0 in, 0 out");
    }

    @Test
    void stopsEveryRunWhenTheSecretIsRefused() throws Exception {
        claude.begins("Hel").waitsToBeReleased().begins("lo").stalls();
        runs.accept(request("req_1", user("Hi")));
        runs.accept(request("req_2", user("Hi")));
        proxy.awaitText("req_1", "Hel");
        proxy.awaitText("req_2", "Hel");

        proxy.answersPosts(401);
        claude.release();

        assertThat(runs.awaitNone(PATIENCE)).isTrue();
        assertThat(told.lines).anyMatch(line -> line.contains("401"));
    }

    @Test
    void letsRunsFinishButTakesNoMoreOnceItIsClosed() throws Exception {
        claude.waitsToBeReleased().says("Hello");
        runs.accept(request("req_1", user("Hi")));
        await().until(() -> !claude.calls().isEmpty());

        runs.close();
        runs.accept(request("req_2", user("Hi")));

        assertThat(errorOf("req_2")).isEqualTo("busy");
        assertThat(runs.awaitNone(Duration.ofMillis(50))).isFalse();
        claude.release();
        assertThat(proxy.awaitEnd("req_1").path("type").asString()).isEqualTo("complete");
    }

    @Test
    void leavesWhatItStopsToOthers() {
        claude.stalls();
        runs.accept(request("req_1", user("Hi")));
        await().until(() -> !claude.calls().isEmpty());

        runs.stopAll();

        var end = proxy.awaitEnd("req_1");
        assertThat(end.at("/error/code").asString()).isEqualTo("cancelled");
        assertThat(end.at("/error/retryable").asBoolean()).isTrue();
    }

    private String errorOf(String requestId) {
        return proxy.awaitEnd(requestId).at("/error/code").asString();
    }

    private static final class Told implements RunListener {

        private final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        public void started(String requestId, String model) {
            lines.add("started " + model);
        }

        @Override
        public void retrying(String requestId, int attempt, int status) {
            lines.add("retrying " + attempt + " after " + status);
        }

        @Override
        public void ended(String requestId, RunEnd end) {
            lines.add(end.outcome() + ", " + end.inputTokens() + " in, " + end.outputTokens() + " out");
        }
    }
}

package dev.codewise.agent.run;

import static dev.codewise.agent.run.Requests.came;
import static dev.codewise.agent.run.Requests.looking;
import static dev.codewise.agent.run.Requests.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codewise.agent.FakeProxy;
import dev.codewise.agent.Uplinks;
import dev.codewise.agent.claude.Claude;
import dev.codewise.agent.claude.ParkingRoom;
import dev.codewise.agent.run.Runs.Capacity;
import dev.codewise.agent.upload.Uplink;
import dev.codewise.fixtures.FakeClaude;
import dev.codewise.protocol.CancelReason;
import dev.codewise.protocol.ProxyEvent.RunRequest;
import dev.codewise.protocol.RunTurn;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Runs whose model calls the client's tools, and whose processes wait for what comes of that. */
class ParkedRunsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration BEAT = Duration.ofSeconds(15);
    private static final long PLENTY = 1_000_000_000_000L;

    @TempDir
    Path folder;

    private FakeProxy proxy;
    private FakeClaude fake;
    private Claude claude;
    private Runs runs;

    @BeforeEach
    void start() throws IOException {
        proxy = FakeProxy.start().speaksLevel1(BEAT, PATIENCE);
        fake = FakeClaude.in(folder)
                .begins("Let me look.")
                .calls("toolu_1", "mcp__c__look", "{\"at\":", "1}")
                .waitsForResults()
                .says("It is ", "blue.");
        parkedIn(new ParkingRoom(Duration.ofMinutes(5), 2, PLENTY), 1);
    }

    private void parkedIn(ParkingRoom room) {
        parkedIn(room, 1);
    }

    private void parkedIn(ParkingRoom room, int slots) {
        claude = new Claude(fake.executable().toString(), Map.of("PATH", System.getenv("PATH")), 0, room);
        Uplink uplink = Uplinks.to(proxy);
        uplink.connected(Uplinks.greeting(BEAT, Duration.ofMillis(300)));
        runs = new Runs(claude, uplink, new Capacity(slots, List.of()), new Nobody());
    }

    @AfterEach
    void stop() throws InterruptedException {
        runs.close();
        runs.stopAll();
        assertThat(runs.awaitNone(PATIENCE)).isTrue();
        claude.close();
        proxy.close();
        assertThat(fake.calls()).allSatisfy(call -> assertThat(call.alive()).isEmpty());
    }

    @Test
    void tellTheCallsAndThatTheyWait() throws Exception {
        var end = begin("req_1");

        assertThat(end.path("finishReason").asString()).isEqualTo("tool_calls");
        assertThat(end.path("parkedForMs").asLong()).isEqualTo(300_000);
        assertThat(end.path("costUsd").decimalValue()).isEqualByComparingTo("0.03");
        assertThat(proxy.text("req_1")).isEqualTo("Let me look.");
        assertThat(calls("req_1")).containsExactly("toolu_1", "look", "{\"at\":1}");
        assertThat(runs.awaitNone(PATIENCE)).isTrue();
        assertThat(runs.load().freeSlots()).isEqualTo(1);
        assertThat(fake.calls().get(0).alive()).isNotEmpty();
    }

    @Test
    void goOnInTheSameProcess() throws Exception {
        begin("req_1");

        var end = answer(looking("req_2", "req_1", user("Hi"), called("Let me look."), came("toolu_1", "blue")));

        assertThat(proxy.text("req_2")).isEqualTo("It is blue.");
        assertThat(end.path("finishReason").asString()).isEqualTo("stop");
        assertThat(end.has("parkedForMs")).isFalse();
        assertThat(end.path("costUsd").decimalValue()).isEqualByComparingTo("0.22");
        assertThat(fake.calls()).hasSize(1);
    }

    @Test
    void areRunAnewWhereTheConversationDiffers() throws Exception {
        begin("req_1");

        runs.accept(looking("req_2", "req_1", user("Ho"), called("Let me look."), came("toolu_1", "blue")));

        proxy.awaitEnd("req_2");
        assertThat(fake.calls()).hasSize(2);
        assertThat(fake.calls().get(1).stdin()).anyMatch(line -> line.contains("tool_result"));
        await().until(() -> fake.calls().get(0).alive().isEmpty());
    }

    @Test
    void areRunAnewWhereTheProcessIsGone() throws Exception {
        begin("req_1");
        fake.calls().get(0).alive().forEach(ProcessHandle::destroyForcibly);
        await().until(() -> fake.calls().get(0).alive().isEmpty());

        answer(looking("req_2", "req_1", user("Hi"), called("Let me look."), came("toolu_1", "blue")));

        assertThat(fake.calls()).hasSize(2);
    }

    @Test
    void goOnForOneRequestOnly() throws Exception {
        begin("req_1");
        var turns = new RunTurn[] {user("Hi"), called("Let me look."), came("toolu_1", "blue")};

        answer(looking("req_2", "req_1", turns));
        answer(looking("req_3", "req_1", turns));

        assertThat(fake.calls()).hasSize(2);
    }

    @Test
    void areRunAnewWithoutTheNameOfTheOneBefore() throws Exception {
        begin("req_1");

        answer(looking("req_2", null, user("Hi"), called("Let me look."), came("toolu_1", "blue")));

        assertThat(fake.calls()).hasSize(2);
        assertThat(fake.calls().get(0).alive()).isNotEmpty();
    }

    @Test
    void giveWayToLaterOnes() throws Exception {
        begin("req_1");
        begin("req_2");
        begin("req_3");

        await().until(() -> fake.calls().get(0).alive().isEmpty());
        assertThat(fake.calls().get(1).alive()).isNotEmpty();
        assertThat(fake.calls().get(2).alive()).isNotEmpty();
    }

    @Test
    void doNotWaitWhereThereIsNoMemoryForThem() throws Exception {
        parkedIn(new ParkingRoom(Duration.ofMinutes(5), 2, 1));

        var end = begin("req_1");

        assertThat(end.path("finishReason").asString()).isEqualTo("tool_calls");
        assertThat(end.has("parkedForMs")).isFalse();
        await().until(() -> fake.calls().get(0).alive().isEmpty());
    }

    @Test
    void doNotWaitWhereNobodyWantsThat() throws Exception {
        parkedIn(ParkingRoom.NONE);

        var end = begin("req_1");

        assertThat(end.path("finishReason").asString()).isEqualTo("tool_calls");
        assertThat(end.has("parkedForMs")).isFalse();
        assertThat(end.path("costUsd").decimalValue()).isEqualByComparingTo("0.25");
        await().until(() -> fake.calls().get(0).alive().isEmpty());
    }

    @Test
    void waitNoLongerThanTheyMay() throws Exception {
        parkedIn(new ParkingRoom(Duration.ofMillis(100), 2, PLENTY));

        assertThat(begin("req_1").path("parkedForMs").asLong()).isEqualTo(100);

        await().until(() -> fake.calls().get(0).alive().isEmpty());
    }

    @Test
    void endWhenTheAgentTakesNoMoreWork() throws Exception {
        begin("req_1");

        runs.close();

        await().until(() -> fake.calls().get(0).alive().isEmpty());
    }

    @Test
    void endWhenTheProxyTakesThemBack() throws Exception {
        begin("req_1");

        runs.cancel("req_1", CancelReason.CLIENT_DISCONNECTED);

        await().until(() -> fake.calls().get(0).alive().isEmpty());
    }

    @Test
    void areStoppedInTheMiddleOfWhatTheyGoOnWith() throws Exception {
        fake = FakeClaude.in(folder.resolve("other"))
                .begins("Let me look.")
                .calls("toolu_1", "mcp__c__look", "{\"at\":1}")
                .waitsForResults()
                .begins("It is")
                .stalls();
        parkedIn(new ParkingRoom(Duration.ofMinutes(5), 2, PLENTY));
        begin("req_1");
        runs.accept(looking("req_2", "req_1", user("Hi"), called("Let me look."), came("toolu_1", "blue")));
        proxy.awaitText("req_2", "It is");

        runs.cancel("req_2", CancelReason.CLIENT_DISCONNECTED);

        await().until(() -> fake.calls().get(0).alive().isEmpty());
    }

    /** The proxy hands over what continues a run as soon as it has the end of that, and says only later that it has it. */
    @Test
    void belongToWhatContinuesThemFromTheFirstMoment() throws Exception {
        fake = FakeClaude.in(folder.resolve("other"))
                .begins("Let me look.")
                .calls("toolu_1", "mcp__c__look", "{\"at\":1}")
                .waitsForResults()
                .begins("It is")
                .stalls();
        parkedIn(new ParkingRoom(Duration.ofMinutes(5), 2, PLENTY), 2);
        proxy.doesWithEach(message -> {
            if (message.has("parkedForMs")) {
                runs.accept(looking("req_2", "req_1", user("Hi"), called("Let me look."), came("toolu_1", "blue")));
                proxy.awaitText("req_2", "It is");
            }
        });

        runs.accept(looking("req_1", null, user("Hi")));

        proxy.awaitText("req_2", "It is");
        await().until(() -> runs.load().freeSlots() == 1);
        assertThat(fake.calls()).hasSize(1);
        assertThat(fake.calls().get(0).alive()).isNotEmpty();
        assertThat(fake.calls().get(0).stdin()).noneMatch(line -> line.contains("\"interrupt\""));
    }

    private JsonNode begin(String requestId) throws Exception {
        return answer(looking(requestId, null, user("Hi")));
    }

    private JsonNode answer(RunRequest request) throws Exception {
        runs.accept(request);
        var end = proxy.awaitEnd(request.requestId());
        assertThat(runs.awaitNone(PATIENCE)).isTrue();
        return end;
    }

    private List<String> calls(String requestId) {
        var pieces = proxy.posts().stream()
                .filter(post -> post.path("requestId").asString().equals(requestId))
                .map(post -> post.path("toolCall"))
                .filter(JsonNode::isObject)
                .toList();
        var arguments = new StringBuilder();
        pieces.forEach(piece -> arguments.append(piece.path("arguments").asString("")));
        return List.of(
                pieces.get(0).path("id").asString(), pieces.get(0).path("name").asString(), arguments.toString());
    }

    private static RunTurn called(String words) {
        return Requests.called(words, "toolu_1");
    }

    /** Nobody looks at the console. */
    private static final class Nobody implements RunListener {

        @Override
        public void started(String requestId, String model) {}

        @Override
        public void retrying(String requestId, int attempt, int status) {}

        @Override
        public void ended(String requestId, RunEnd end) {}
    }
}

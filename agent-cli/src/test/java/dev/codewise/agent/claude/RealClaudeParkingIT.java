package dev.codewise.agent.claude;

import static dev.codewise.agent.claude.Said.result;
import static dev.codewise.agent.claude.Said.text;
import static dev.codewise.agent.claude.Said.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codewise.agent.claude.Answer.Ending;
import dev.codewise.agent.claude.Prompt.Turn;
import dev.codewise.agent.claude.Toolbox.Choice;
import dev.codewise.agent.claude.Toolbox.Tool;
import dev.codewise.fixtures.ApiAnswer;
import dev.codewise.fixtures.ApiRequest;
import dev.codewise.fixtures.ClaudeExecutable;
import dev.codewise.fixtures.FakeAnthropic;
import dev.codewise.fixtures.RealClaude;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The real Claude Code, waiting for its client's tools, against a scripted API. */
@Tag("long")
@RealClaude
class RealClaudeParkingIT {

    private static final ParkingRoom ROOM = new ParkingRoom(Duration.ofMinutes(5), 4, 4_000_000_000L);
    private static final Patience PATIENCE = new Patience(Duration.ofSeconds(30), Duration.ofSeconds(60));
    private static final Toolbox LOOK = new Toolbox(
            List.of(new Tool("look", "Looks.", Map.of("type", "object", "properties", Map.of()))), Choice.AUTO, true);

    @TempDir
    Path home;

    private FakeAnthropic anthropic;
    private Claude claude;
    private Told told = new Told();

    @BeforeEach
    void start() throws IOException {
        anthropic = FakeAnthropic.start();
        claude = new Claude(
                ClaudeExecutable.path().toString(), ClaudeExecutable.environment(home, anthropic.baseUrl()), 0, ROOM);
    }

    @AfterEach
    void stop() throws IOException {
        claude.close();
        anthropic.close();
        assertThat(AskedClaude.children()).isEmpty();
    }

    @Test
    void goesOnInTheSameProcessWithWhatCameOfItsCall() {
        anthropic.next(ApiAnswer.says("Let me look.").thenCallsTool("toolu_1", "mcp__c__look", "{\"at\":1}"));
        var first = begin(user("Hi"));
        var waiting = AskedClaude.children();
        anthropic.says("It is ", "blue.");

        var second = goOn(prompt(user("Hi"), called("Let me look.", "toolu_1"), user(result("toolu_1", text("blue")))));

        assertThat(first.ending()).isEqualTo(Ending.TOOL_CALLS);
        assertThat(waiting).isNotEmpty();
        assertThat(told.text()).isEqualTo("It is blue.");
        assertThat(second.ending()).isEqualTo(Ending.COMPLETE);
        assertThat(second.tokens().output()).isPositive();
        assertThat(second.costUsd()).isPositive();
        assertThat(anthropic.requests()).hasSize(2);
        var results = lastBlocks();
        assertThat(results).hasSize(1);
        assertThat(results.get(0).at("/tool_use_id").asString()).isEqualTo("toolu_1");
        assertThat(results.get(0).at("/content/0/text").asString()).isEqualTo("blue");
    }

    @Test
    void accountsForEachAnswerOnlyItsOwnCost() {
        anthropic.next(ApiAnswer.callsTool("toolu_1", "mcp__c__look", "{\"at\":1}"));
        var first = begin(user("Hi"));
        var second = goOn(prompt(user("Hi"), called("", "toolu_1"), user(result("toolu_1", text("blue")))));

        var together = cost(first).add(cost(second));
        // 11 in and 7 out, twice, at three and fifteen dollars for a million
        assertThat(together).isEqualByComparingTo("0.000276");
        assertThat(cost(first).doubleValue()).isBetween(0.00009, 0.0002);
    }

    @Test
    void isToldOfManyCallsAtOnceAndOfWhatFailed() {
        var calls = ApiAnswer.says();
        for (var i = 0; i < 12; i++) {
            calls = calls.thenCallsTool("toolu_" + i, "mcp__c__look", "{\"at\":1}");
        }
        anthropic.next(calls);
        begin(user("Hi"));
        var ids = Stream.iterate(0, i -> i + 1).limit(12).map(i -> "toolu_" + i).toList();
        var results = ids.stream()
                .<Part>map(id -> new Part.ToolResult(id, List.of(text("of " + id)), id.equals("toolu_7")))
                .toList();

        goOn(prompt(user("Hi"), called("", ids.toArray(String[]::new)), new Turn(Prompt.Speaker.USER, results)));

        assertThat(anthropic.requests()).hasSize(2);
        assertThat(lastBlocks())
                .hasSize(12)
                .allSatisfy(block -> assertThat(block.toString())
                        .contains("of " + block.path("tool_use_id").asString()));
        assertThat(lastBlocks())
                .filteredOn(block -> block.path("is_error").asBoolean(false))
                .hasSize(1);
    }

    @Test
    void isToldImages() {
        anthropic.next(ApiAnswer.callsTool("toolu_1", "mcp__c__look", "{\"at\":1}"));
        begin(user("Hi"));
        var image = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";

        goOn(prompt(
                user("Hi"),
                called("", "toolu_1"),
                user(result("toolu_1", text("see"), new Part.Image("image/png", image)))));

        assertThat(anthropic.requests()).hasSize(2);
        assertThat(lastBlocks().get(0).at("/content/1/source/data").asString()).isEqualTo(image);
    }

    @Test
    void callsAgainAndWaitsAgain() {
        anthropic.next(ApiAnswer.callsTool("toolu_1", "mcp__c__look", "{\"at\":1}"));
        anthropic.next(ApiAnswer.callsTool("toolu_2", "mcp__c__look", "{\"at\":1}"));
        var turns = new ArrayList<>(List.of(user("Hi"), called("", "toolu_1"), user(result("toolu_1", text("a")))));
        begin(user("Hi"));

        var second = goOn(prompt(turns.toArray(Turn[]::new)));
        turns.addAll(List.of(called("", "toolu_2"), user(result("toolu_2", text("b")))));
        var third = goOn(prompt(turns.toArray(Turn[]::new)));

        assertThat(second.ending()).isEqualTo(Ending.TOOL_CALLS);
        assertThat(third.ending()).isEqualTo(Ending.COMPLETE);
        assertThat(anthropic.requests()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {60_000, 390_000})
    void isToldLongResultsInFull(int length) {
        anthropic.next(ApiAnswer.callsTool("toolu_1", "mcp__c__look", "{\"at\":1}"));
        begin(user("Hi"));
        var words = "word ".repeat(length / 5);

        goOn(prompt(user("Hi"), called("", "toolu_1"), user(result("toolu_1", text(words)))));

        assertThat(lastBlocks().get(0).at("/content/0/text").asString()).isEqualTo(words);
    }

    @Test
    void isPatientAndReadsNoFileThatAResultNames() throws Exception {
        var canary = Files.writeString(home.resolve("canary.txt"), "CANARY-7431");
        anthropic.next(ApiAnswer.callsTool("toolu_1", "mcp__c__look", "{\"at\":1}"));
        begin(user("Hi"));
        var words = "@" + canary + " @~/canary.txt /cost \ud83d\ude00 \u0000";
        assertThat(new CountDownLatch(1).await(10, TimeUnit.SECONDS)).isFalse();

        goOn(prompt(user("Hi"), called("", "toolu_1"), user(result("toolu_1", text(words)))));

        assertThat(anthropic.requests().get(1).text()).doesNotContain("CANARY-7431");
        assertThat(lastBlocks().get(0).at("/content/0/text").asString()).isEqualTo(words);
    }

    @Test
    void isNotResumedForWhatItWouldCut() {
        anthropic.next(ApiAnswer.callsTool("toolu_1", "mcp__c__look", "{\"at\":1}"));
        begin(user("Hi"));
        var next = prompt(user("Hi"), called("", "toolu_1"), user(result("toolu_1", text("word ".repeat(400_000)))));

        assertThat(claude.resume("req_1", next)).isEmpty();

        await().untilAsserted(() -> assertThat(AskedClaude.children()).isEmpty());
    }

    @Test
    void isNoMoreToBeHadWhenItWasKilled() {
        anthropic.next(ApiAnswer.callsTool("toolu_1", "mcp__c__look", "{\"at\":1}"));
        begin(user("Hi"));

        AskedClaude.children().forEach(ProcessHandle::destroyForcibly);

        await().untilAsserted(() -> assertThat(claude.resume(
                        "req_1", prompt(user("Hi"), called("", "toolu_1"), user(result("toolu_1", text("blue"))))))
                .isEmpty());
    }

    @Test
    void isEndedWhenNobodyContinuesIt() {
        anthropic.next(ApiAnswer.callsTool("toolu_1", "mcp__c__look", "{\"at\":1}"));
        begin(user("Hi"));
        assertThat(AskedClaude.children()).isNotEmpty();

        claude.unpark("req_1");

        await().untilAsserted(() -> assertThat(AskedClaude.children()).isEmpty());
        assertThat(anthropic.requests()).hasSize(1);
    }

    /** The first answer, after which it waits. */
    private Answer begin(Turn question) {
        try (var asked = claude.start(Said.MODEL)) {
            var answer = asked.answer(prompt(question), new Told(), PATIENCE);
            assertThat(claude.park("req_1", asked)).isEqualTo(ROOM.longest());
            return answer;
        }
    }

    private Answer goOn(Prompt prompt) {
        told = new Told();
        try (var resumed = claude.resume("req_1", prompt).orElseThrow()) {
            var answer = resumed.answer(prompt, told, PATIENCE);
            claude.park("req_1", resumed);
            return answer;
        }
    }

    private List<JsonNode> lastBlocks() {
        ApiRequest last = anthropic.requests().get(anthropic.requests().size() - 1);
        var messages = last.body().path("messages");
        return AskedClaude.nodes(messages.path(messages.size() - 1).path("content"))
                .toList();
    }

    private static BigDecimal cost(Answer answer) {
        assertThat(answer.costUsd()).isNotNull();
        return answer.costUsd() == null ? BigDecimal.ZERO : answer.costUsd();
    }

    private static Turn called(String words, String... ids) {
        var calls = Stream.of(ids).<Part>map(id -> new Part.ToolCall(id, "look", "{ \"at\": 1 }"));
        var said = words.isEmpty() ? Stream.<Part>empty() : Stream.of(text(words));
        return new Turn(Prompt.Speaker.ASSISTANT, Stream.concat(said, calls).toList());
    }

    private static Prompt prompt(Turn... turns) {
        return new Prompt(Said.MODEL, "Be brief.", List.of(turns), LOOK, Wishes.NONE);
    }
}

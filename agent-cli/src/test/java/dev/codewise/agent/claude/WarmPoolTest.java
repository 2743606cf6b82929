package dev.codewise.agent.claude;

import static dev.codewise.agent.claude.Said.MODEL;
import static dev.codewise.agent.claude.Said.user;
import static dev.codewise.agent.claude.Said.wishing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codewise.fixtures.ClaudeCall;
import dev.codewise.fixtures.FakeClaude;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarmPoolTest {

    private static final Patience PATIENCE = new Patience(Duration.ofSeconds(20), Duration.ofSeconds(30));
    private static final Duration NEVER = Duration.ofHours(1);

    @TempDir
    Path folder;

    private FakeClaude fake;
    private WarmShelf shelf;
    private Claude claude;
    private Told told = new Told();

    @BeforeEach
    void install() {
        fake = FakeClaude.in(folder).says("Hello");
        shelf = new WarmShelf(1, NEVER, new Demand());
        claude = claude();
    }

    @AfterEach
    void stop() {
        claude.close();
        assertThat(fake.calls()).allSatisfy(call -> {
            await().until(() -> call.alive().isEmpty());
            assertThat(call.workingFolder()).doesNotExist();
        });
    }

    @Test
    void answersWithTheProcessThatWaitsAndPutsAnotherInItsPlace() {
        claude.warmUp(List.of(MODEL));
        var first = awaitWaiting(1).get(0).pid();

        ask(MODEL);

        assertThat(told.text()).isEqualTo("Hello");
        assertThat(call(first).wasInitialized()).isTrue();
        await().until(() -> call(first).alive().isEmpty());
        assertThat(awaitWaiting(1)).extracting(ClaudeCall::pid).doesNotContain(first);
    }

    @Test
    void givesTheWaitingProcessAllOfThePromptLate() {
        claude.warmUp(List.of(MODEL));
        var waiting = awaitWaiting(1).get(0);
        assertThat(waiting.stdin()).singleElement().asString().contains("get_binary_version");

        ask(wishing(Wishes.ofMaxTokens(500), user("/1"), user("/2")));

        assertThat(waiting.stdin().subList(2, 7))
                .satisfiesExactly(
                        line -> assertThat(line).contains("initialize", "You are terse."),
                        line -> assertThat(line).contains("CLAUDE_CODE_MAX_OUTPUT_TOKENS", "\"500\""),
                        line -> assertThat(line).contains("set_max_thinking_tokens"),
                        line -> assertThat(line).contains("\"/1\"", "\"text\":\" \"", "\"shouldQuery\":false"),
                        line -> assertThat(line).contains("\"/2\"", "\"text\":\" \""));
        assertThat(waiting.arguments()).endsWith("--model", MODEL).doesNotContain("/1", "/2");
    }

    @Test
    void usesEachProcessForOnePromptOnly() {
        shelf = new WarmShelf(2, NEVER, new Demand());
        claude = claude();
        claude.warmUp(List.of(MODEL));

        for (var count = 0; count < 6; count++) {
            ask(MODEL);
        }

        assertThat(fake.calls().stream().filter(ClaudeCall::wasInitialized))
                .hasSize(6)
                .allSatisfy(call -> assertThat(call.stdin().stream().filter(line -> line.contains("\"type\":\"user\"")))
                        .hasSize(1));
    }

    @Test
    void startsAProcessForAModelThatNoneWaitsFor() {
        claude.warmUp(List.of(MODEL, MODEL));
        var waiting = awaitWaiting(1).get(0);

        ask("sonnet");

        assertThat(told.text()).isEqualTo("Hello");
        assertThat(waiting.wasInitialized()).isFalse();
        assertThat(waiting.alive()).isNotEmpty();
    }

    @Test
    void waitsForTheModelsThatPromptsAreFor() {
        claude.warmUp(List.of(MODEL));
        awaitWaiting(1);

        ask("sonnet");
        ask("sonnet");

        await().untilAsserted(() -> assertThat(fake.waiting())
                .singleElement()
                .satisfies(call -> assertThat(call.arguments()).endsWith("sonnet")));
    }

    @Test
    void replacesAProcessThatHasWaitedTooLong() {
        shelf = new WarmShelf(1, Duration.ofSeconds(1), new Demand());
        claude = claude();
        claude.warmUp(List.of(MODEL));
        var first = awaitWaiting(1).get(0);

        await().until(() -> first.alive().isEmpty());

        assertThat(awaitWaiting(1)).extracting(ClaudeCall::pid).doesNotContain(first.pid());
    }

    @Test
    void replacesAProcessThatDied() {
        claude.warmUp(List.of(MODEL));
        var first = awaitWaiting(1).get(0);

        first.alive().forEach(ProcessHandle::destroyForcibly);

        await().untilAsserted(() -> assertThat(first.workingFolder()).doesNotExist());
        awaitWaiting(1);
        ask(MODEL);
        assertThat(told.text()).isEqualTo("Hello");
    }

    @Test
    void startsAProcessWhenTheOneThatWaitsDoesNotListen() throws Exception {
        claude.warmUp(List.of(MODEL));
        var waiting = awaitWaiting(1).get(0);
        new ProcessBuilder("kill", "-STOP", Long.toString(waiting.pid()))
                .start()
                .waitFor();

        ask(MODEL);

        assertThat(told.text()).isEqualTo("Hello");
        await().until(() -> waiting.alive().isEmpty());
    }

    @Test
    void comesBackWhenClaudeDoes() throws IOException {
        var elsewhere = folder.resolve("elsewhere");
        Files.move(fake.executable(), elsewhere);
        claude.warmUp(List.of(MODEL));

        Files.move(elsewhere, fake.executable());

        awaitWaiting(1);
    }

    @Test
    void letsNoProcessWaitAnyLongerOnceItHasCooledDown() {
        shelf = new WarmShelf(2, NEVER, new Demand());
        claude = claude();
        claude.warmUp(List.of(MODEL));
        awaitWaiting(2);

        claude.coolDown();

        await().until(() -> fake.waiting().isEmpty());
        ask(MODEL);
        assertThat(told.text()).isEqualTo("Hello");
    }

    @Test
    void keepsNothingWaitingWhenItIsOff() {
        shelf = new WarmShelf(0, NEVER, new Demand());
        claude = claude();
        claude.warmUp(List.of(MODEL));

        ask(MODEL);

        assertThat(fake.calls()).hasSize(1);
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("claude-warm");
    }

    private Claude claude() {
        return new Claude(fake.executable().toString(), Map.of("PATH", System.getenv("PATH")), shelf, ParkingRoom.NONE);
    }

    private List<ClaudeCall> awaitWaiting(int count) {
        await().until(() -> shelf.missing().isEmpty() && fake.waiting().size() == count);
        return fake.waiting();
    }

    private ClaudeCall call(long pid) {
        return fake.calls().stream()
                .filter(call -> call.pid() == pid)
                .findFirst()
                .orElseThrow();
    }

    private void ask(String model) {
        ask(new Prompt(model, null, List.of(user("Hi"))));
    }

    private void ask(Prompt prompt) {
        told = new Told();
        try (var conversation = claude.start(prompt.model())) {
            conversation.answer(prompt, told, PATIENCE);
        }
    }
}

package dev.codewise.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.codewise.agent.claude.Answer.Ending;
import dev.codewise.agent.claude.ClaudeException.Kind;
import dev.codewise.agent.claude.Prompt.Speaker;
import dev.codewise.agent.claude.Prompt.Turn;
import dev.codewise.fixtures.ClaudeCall;
import dev.codewise.fixtures.FakeClaude;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ConversationTest {

    private static final Patience PATIENCE = new Patience(Duration.ofSeconds(20), Duration.ofSeconds(30));
    private static final Patience LITTLE = new Patience(Duration.ofMillis(300), Duration.ofSeconds(30));

    @TempDir
    Path folder;

    private FakeClaude fake;
    private final AtomicReference<String> told = new AtomicReference<>("");

    @BeforeEach
    void install() {
        fake = FakeClaude.in(folder);
    }

    @Nested
    class Answering {

        @Test
        void tellsTheAnswerAndHowItEnded() {
            fake.says("Hel", "lo");

            var answer = ask(prompt("Hi"), PATIENCE);

            assertThat(told).hasToString("Hello");
            assertThat(answer.ending()).isEqualTo(Ending.COMPLETE);
            assertThat(answer.model()).isEqualTo("claude-sonnet-5");
            assertThat(answer.tokens()).isEqualTo(new Tokens(7, 2, 0, 0));
            assertThat(answer.costUsd()).isEqualByComparingTo("0.25");
        }

        @Test
        void givesInstructionsFirstAndTheQuestionLast() {
            fake.says("Hello");

            ask(new Prompt("opus", "Be brief.", List.of(), "Hi", null), PATIENCE);

            assertThat(lines().get(0).at("/request/systemPrompt/0").asString()).isEqualTo("Be brief.");
            assertThat(lines().get(1).at("/message/content/0/text").asString()).isEqualTo("Hi");
        }

        @Test
        void putsAnEmptyInstructionInThePlaceOfTheCodersOwn() {
            fake.says("Hello");

            ask(prompt("Hi"), PATIENCE);

            assertThat(lines().get(0).at("/request/systemPrompt/0").asString("unset"))
                    .isEmpty();
        }

        @Test
        void recallsHistoryInOrderWithAnIdForEachAnswer() {
            fake.says("Hello");
            var history = List.of(user("one"), assistant("1"), user("two"), assistant("2"));

            ask(new Prompt("opus", null, history, "three", null), PATIENCE);

            var lines = lines().subList(1, 6);
            assertThat(lines)
                    .extracting(line -> line.at("/message/content/0/text").asString())
                    .containsExactly("one", "1", "two", "2", "three");
            assertThat(lines)
                    .extracting(line -> line.path("shouldQuery").asBoolean(true))
                    .containsExactly(false, true, false, true, true);
            assertThat(lines.get(1).at("/message/id").asString())
                    .isNotEqualTo(lines.get(3).at("/message/id").asString());
        }

        @Test
        void putsABlankBehindATextThatClaudeWouldTakeForACommand() {
            fake.says("Hello");

            ask(new Prompt("opus", null, List.of(user("/clear"), assistant("/1")), "/cost", null), PATIENCE);

            assertThat(lines().get(1).at("/message/content/1/text").asString()).isEqualTo(" ");
            assertThat(lines().get(2).at("/message/content")).hasSize(1);
            assertThat(lines().get(3).at("/message/content/1/text").asString()).isEqualTo(" ");
        }

        @Test
        void survivesHalfASurrogatePair() {
            fake.says("Hello");

            ask(prompt("a\ud83d"), PATIENCE);

            assertThat(lines().get(1).at("/message/content/0/text").asString()).isEqualTo("a?");
        }

        @Test
        void skipsLinesItDoesNotKnow() {
            fake.printsGarbage().says("Hello");

            ask(prompt("Hi"), PATIENCE);

            assertThat(told).hasToString("Hello");
        }

        @Test
        void endsAtTheTokenLimitAndStopsClaudeFromGoingOn() {
            fake.runsIntoTheTokenLimit("Hel", "lo");

            var answer = ask(prompt("Hi"), PATIENCE);

            assertThat(told).hasToString("Hello");
            assertThat(answer.ending()).isEqualTo(Ending.TOKEN_LIMIT);
            assertThat(answer.tokens().output()).isEqualTo(2);
            assertThat(answer.costUsd()).isEqualByComparingTo("0.25");
            assertThat(lines().get(2).at("/request/subtype").asString()).isEqualTo("interrupt");
        }

        @Test
        void leavesNeitherProcessNorFolderBehind() {
            fake.says("Hello");

            ask(prompt("Hi"), PATIENCE);

            await().atMost(Duration.ofSeconds(1)).until(() -> call().alive().isEmpty());
            assertThat(call().workingFolder())
                    .doesNotExist()
                    .hasFileName(call().workingFolder().getFileName() + "");
        }

        @Test
        void runsInAnEmptyFolderOfItsOwn() throws Exception {
            fake.waitsToBeReleased().says("Hello");
            var asking = CompletableFuture.supplyAsync(() -> ask(prompt("Hi"), PATIENCE));
            await().until(() -> !fake.calls().isEmpty());

            assertThat(call().workingFolder()).isEmptyDirectory();

            fake.release();
            asking.get();
        }
    }

    @Nested
    class CommandLine {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "--dangerously-skip-permissions",
                    "--settings={}",
                    "-p",
                    "--",
                    "$(id)",
                    "`id`",
                    "one\ntwo",
                    "@/etc/hostname",
                    "\u0000",
                    "'; rm -rf . '",
                })
        void isTheSameWhateverIsAsked(String words) {
            fake.says("Hello");

            ask(new Prompt("opus", words, List.of(user(words), assistant(words)), words, null), PATIENCE);

            assertThat(call().arguments())
                    .containsExactly(
                            "-p",
                            "--output-format",
                            "stream-json",
                            "--verbose",
                            "--include-partial-messages",
                            "--input-format",
                            "stream-json",
                            "--tools",
                            "",
                            "--strict-mcp-config",
                            "--setting-sources",
                            "",
                            "--disable-slash-commands",
                            "--no-session-persistence",
                            "--model",
                            "opus");
            assertThat(lines().get(3).at("/message/content/0/text").asString()).isEqualTo(words);
        }
    }

    @Nested
    class Environment {

        @Test
        void holdsWhatClaudeNeedsAndNothingElse() {
            fake.says("Hello");

            ask(prompt("Hi"), PATIENCE);

            assertThat(call().environment())
                    .containsEntry("ANTHROPIC_BASE_URL", "http://127.0.0.1:1")
                    .containsEntry("HTTPS_PROXY", "http://proxy")
                    .containsEntry("CLAUDE_CODE_DISABLE_ATTACHMENTS", "1")
                    .containsEntry("CLAUDE_CODE_DISABLE_NONSTREAMING_FALLBACK", "1")
                    .doesNotContainKeys("AGENT_SECRET", "CODEWISE_URL", "AWS_SECRET_ACCESS_KEY", "NODE_OPTIONS")
                    .doesNotContainKey("CLAUDE_CODE_MAX_OUTPUT_TOKENS");
        }

        @Test
        void isGivenTheTokenLimitOfTheRequestBeforeTheFirstMessage() {
            fake.says("Hello");

            ask(new Prompt("opus", null, List.of(user("Hi"), assistant("Hello")), "Hi", 500), PATIENCE);

            assertThat(lines().get(1).at("/request/settings/env/CLAUDE_CODE_MAX_OUTPUT_TOKENS"))
                    .hasToString("\"500\"");
            assertThat(lines().get(2).path("type").asString()).isEqualTo("user");
        }
    }

    @Nested
    class Failing {

        @Test
        void saysWhatTheApiSaid() {
            fake.begins("Hel").fails(529, "server_error", "API Error: Overloaded");

            var failure = failureOf(prompt("Hi"), PATIENCE);

            assertThat(failure.kind()).isEqualTo(Kind.OVERLOADED);
            assertThat(failure).hasMessage("API Error: Overloaded");
            assertThat(told).hasToString("Hel");
        }

        @Test
        void saysWithWhatClaudeExited() {
            fake.exits(3, "cannot read /home/ann/.claude.json");

            var failure = failureOf(prompt("Hi"), PATIENCE);

            assertThat(failure.kind()).isEqualTo(Kind.EXITED);
            assertThat(failure).hasMessage("claude exited with code 3: cannot read ~/.claude.json");
        }

        @Test
        void noticesAtOnceThatClaudeWasKilled() {
            fake.begins("Hel").hangsUp();

            assertThat(failureOf(prompt("Hi"), PATIENCE)).hasMessage("claude exited with code 137");
        }

        @Test
        void givesUpAClaudeThatIsSilent() {
            fake.begins("Hel").stalls();

            var failure = failureOf(prompt("Hi"), LITTLE);

            assertThat(failure.kind()).isEqualTo(Kind.SILENT);
            await().atMost(Duration.ofSeconds(1)).until(() -> call().alive().isEmpty());
        }

        @Test
        void givesUpAnAnswerThatTakesTooLong() {
            fake.begins("Hel").stalls();

            var failure = failureOf(prompt("Hi"), new Patience(Duration.ofSeconds(20), Duration.ofMillis(300)));

            assertThat(failure.kind()).isEqualTo(Kind.TOOK_TOO_LONG);
        }

        @Test
        void doesNotHoldALineWithoutAnEnd() {
            fake.printsWithoutNewline(100_000_000);

            var failure = failureOf(prompt("Hi"), PATIENCE);

            assertThat(failure).hasMessage("claude printed a line longer than 4 MiB");
            await().atMost(Duration.ofSeconds(1)).until(() -> call().alive().isEmpty());
        }

        @Test
        void saysThatThereIsNoClaude() throws IOException {
            Files.delete(fake.executable());

            assertThat(failureOf(prompt("Hi"), PATIENCE).kind()).isEqualTo(Kind.NOT_FOUND);
        }

        @Test
        void saysThatClaudeCannotBeExecuted() throws IOException {
            Files.setPosixFilePermissions(fake.executable(), PosixFilePermissions.fromString("rw-r--r--"));

            assertThat(failureOf(prompt("Hi"), PATIENCE).kind()).isEqualTo(Kind.NOT_FOUND);
        }
    }

    @Nested
    class Stopping {

        @Test
        void interruptsClaude() {
            fake.begins("Hel").stalls();

            var failure = stopWhenTold("Hel");

            assertThat(failure.kind()).isEqualTo(Kind.STOPPED);
            assertThat(lines().get(2).at("/request/subtype").asString()).isEqualTo("interrupt");
        }

        @Test
        void interruptsClaudeBehindAHistoryToo() {
            fake.begins("Hel").stalls();
            var history = List.of(user("one"), assistant("1"));

            var failure = stopWhenTold("Hel", new Prompt("opus", null, history, "Hi", null), () -> {});

            assertThat(failure.kind()).isEqualTo(Kind.STOPPED);
            assertThat(lines().get(4).at("/request/subtype").asString()).isEqualTo("interrupt");
        }

        @Test
        void killsTheWholeFamilyOfAClaudeThatHeedsNothingWithinASecond() {
            fake.forksAGrandchild().begins("Hel").ignoresSignals();
            var started = new long[1];

            var failure = stopWhenTold("Hel", () -> started[0] = System.nanoTime());

            assertThat(failure.kind()).isEqualTo(Kind.STOPPED);
            await().atMost(Duration.ofMillis(1200)).until(() -> call().alive().isEmpty());
            assertThat(Duration.ofNanos(System.nanoTime() - started[0])).isLessThan(Duration.ofMillis(1500));
        }

        @Test
        void doesNotWaitForAClaudeThatDoesNotRead() {
            fake.begins("Hel").ignoresSignals();

            assertThat(failureOf(prompt("x".repeat(200_000)), LITTLE).kind()).isEqualTo(Kind.SILENT);
            await().atMost(Duration.ofSeconds(1)).until(() -> call().alive().isEmpty());
        }

        private ClaudeException stopWhenTold(String text) {
            return stopWhenTold(text, () -> {});
        }

        private ClaudeException stopWhenTold(String text, Runnable before) {
            return stopWhenTold(text, prompt("Hi"), before);
        }

        private ClaudeException stopWhenTold(String text, Prompt prompt, Runnable before) {
            try (var conversation = claude().start("opus")) {
                var asking = CompletableFuture.supplyAsync(() -> catchThrowableOfType(
                        ClaudeException.class, () -> conversation.answer(prompt, new Told(), PATIENCE)));
                await().until(() -> told.toString().equals(text));
                before.run();
                conversation.stop();
                return asking.join();
            }
        }
    }

    @Nested
    class Version {

        @Test
        void isWhatClaudePrints() {
            assertThat(claude().version().printed()).isEqualTo(FakeClaude.VERSION);
        }
    }

    private Answer ask(Prompt prompt, Patience patience) {
        try (var conversation = claude().start(prompt.model())) {
            return conversation.answer(prompt, new Told(), patience);
        }
    }

    private ClaudeException failureOf(Prompt prompt, Patience patience) {
        return catchThrowableOfType(ClaudeException.class, () -> ask(prompt, patience));
    }

    private Claude claude() {
        return new Claude(
                fake.executable().toString(),
                Map.of(
                        "PATH", System.getenv("PATH"),
                        "HOME", folder.toString(),
                        "ANTHROPIC_BASE_URL", "http://127.0.0.1:1",
                        "HTTPS_PROXY", "http://proxy",
                        "AGENT_SECRET", "not for claude",
                        "CODEWISE_URL", "http://127.0.0.1:2",
                        "AWS_SECRET_ACCESS_KEY", "not for claude",
                        "NODE_OPTIONS", "--inspect",
                        "CLAUDE_CODE_DISABLE_ATTACHMENTS", "0"));
    }

    private ClaudeCall call() {
        return fake.calls().get(0);
    }

    private List<JsonNode> lines() {
        var json = new JsonMapper();
        return call().stdin().stream().map(line -> json.readTree(line)).toList();
    }

    private static Prompt prompt(String question) {
        return new Prompt("opus", null, List.of(), question, null);
    }

    private static Turn user(String text) {
        return new Turn(Speaker.USER, text);
    }

    private static Turn assistant(String text) {
        return new Turn(Speaker.ASSISTANT, text);
    }

    private final class Told implements AnswerListener {

        @Override
        public void text(String piece) {
            told.accumulateAndGet(piece, String::concat);
        }

        @Override
        public void alive() {}
    }
}

package dev.codewise.agent.claude;

import static dev.codewise.agent.claude.Said.MODEL;
import static dev.codewise.agent.claude.Said.assistant;
import static dev.codewise.agent.claude.Said.prompt;
import static dev.codewise.agent.claude.Said.text;
import static dev.codewise.agent.claude.Said.user;
import static dev.codewise.agent.claude.Said.wishing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.codewise.agent.claude.Answer.Ending;
import dev.codewise.agent.claude.ClaudeException.Kind;
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
import java.util.function.Predicate;
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
    private final Told told = new Told();

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

            assertThat(told.text()).isEqualTo("Hello");
            assertThat(answer.ending()).isEqualTo(Ending.COMPLETE);
            assertThat(answer.model()).isEqualTo("claude-sonnet-5");
            assertThat(answer.tokens()).isEqualTo(new Tokens(7, 2, 0, 0, 0));
            assertThat(answer.costUsd()).isEqualByComparingTo("0.25");
        }

        @Test
        void givesInstructionsFirstAndTheQuestionLast() {
            fake.says("Hello");

            ask(new Prompt(MODEL, "Be brief.", List.of(user("Hi"))), PATIENCE);

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

            ask(prompt(user("one"), assistant("1"), user("two"), assistant("2"), user("three")), PATIENCE);

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

            ask(new Prompt(MODEL, null, List.of(user("/clear"), assistant("/1"), user("/cost"))), PATIENCE);

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
        void givesEachKindOfPartAsABlockOfItsOwn() {
            fake.says("Hello");

            ask(
                    prompt(
                            user(text("see"), new Part.Image("image/png", "iVBO"), new Part.Document("a/b", "JVBE")),
                            assistant(text("I look"), Said.call("toolu_1", "{\"at\":1}")),
                            user(new Part.ToolResult("toolu_1", List.of(text("gone")), true))),
                    PATIENCE);

            assertThat(lines().get(1).at("/message/content")).hasToString("""
                    [{"type":"text","text":"see"},\
                    {"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBO"}},\
                    {"type":"document","source":{"type":"base64","media_type":"a/b","data":"JVBE"}}]""");
            assertThat(lines().get(2).at("/message/content")).hasToString("""
                    [{"type":"text","text":"I look"},\
                    {"type":"tool_use","id":"toolu_1","name":"mcp__c__look","input":{"at":1}}]""");
            assertThat(lines().get(3).at("/message/content")).hasToString("""
                    [{"type":"tool_result","tool_use_id":"toolu_1","is_error":true,\
                    "content":[{"type":"text","text":"gone"}]}]""");
        }

        @Test
        void givesAnswersThatFollowEachOtherOneId() {
            fake.says("Hello");

            ask(prompt(user("1"), assistant("2"), assistant("3"), user("4"), assistant("5"), user("6")), PATIENCE);

            var ids = lines().stream()
                    .map(line -> line.at("/message/id").asString(""))
                    .filter(id -> !id.isEmpty());
            assertThat(ids).containsExactly("msg_history_1", "msg_history_1", "msg_history_2");
        }

        @Test
        void skipsLinesItDoesNotKnow() {
            fake.printsGarbage().says("Hello");

            ask(prompt("Hi"), PATIENCE);

            assertThat(told.text()).isEqualTo("Hello");
        }

        @Test
        void endsAtTheTokenLimitAndStopsClaudeFromGoingOn() {
            fake.runsIntoTheTokenLimit("Hel", "lo");

            var answer = ask(prompt("Hi"), PATIENCE);

            assertThat(told.text()).isEqualTo("Hello");
            assertThat(answer.ending()).isEqualTo(Ending.TOKEN_LIMIT);
            assertThat(answer.tokens().output()).isEqualTo(2);
            assertThat(answer.costUsd()).isEqualByComparingTo("0.25");
            assertThat(lines().get(2).at("/request/subtype").asString()).isEqualTo("interrupt");
        }

        @Test
        void tellsWhichStopSequenceEndedIt() {
            fake.stopsAt("END", "Hel", "lo");

            var answer = ask(prompt("Hi"), PATIENCE);

            assertThat(answer.ending()).isEqualTo(Ending.COMPLETE);
            assertThat(answer.stopSequence()).isEqualTo("END");
        }

        @Test
        void leavesNeitherProcessNorFolderBehind() {
            fake.says("Hello");

            ask(prompt("Hi"), PATIENCE);

            await().until(() -> call().alive().isEmpty());
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

            ask(new Prompt(MODEL, words, List.of(user(words), assistant(words), user(words))), PATIENCE);

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
                            "--allowedTools",
                            "mcp__c",
                            "--model",
                            MODEL);
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
    }

    @Nested
    class Wishing {

        @Test
        void givesAllThatIsWishedBeforeTheFirstMessage() {
            fake.says("Hello");

            ask(wishing(new Wishes(5000, 0.2, 0.9, List.of("END", " "), null, null), user("Hi")), PATIENCE);

            var settings = lines().get(1).at("/request/settings");
            assertThat(settings.at("/env/CLAUDE_CODE_MAX_OUTPUT_TOKENS")).hasToString("\"5000\"");
            assertThat(settings.at("/env/CLAUDE_CODE_EXTRA_BODY").asString())
                    .isEqualTo("{\"stop_sequences\":[\"END\"]}");
            assertThat(lines().get(2).at("/request/max_thinking_tokens").asInt())
                    .isEqualTo(2500);
            assertThat(lines().get(3).path("type").asString()).isEqualTo("user");
        }

        @Test
        void tellsWhatIsThoughtApartFromWhatIsSaid() {
            fake.thinks("Let me", " see").says("Hello");

            ask(prompt("Hi"), PATIENCE);

            assertThat(told.thoughts()).isEqualTo("Let me see");
            assertThat(told.text()).isEqualTo("Hello");
        }

        @Test
        void tellsAValueAndNoWordsWhereASchemaIsWished() {
            fake.gives("{\"name\":\"Ann\"}", "I think", " it is Ann");

            var answer = ask(wishing(ofSchema(), user("Who?")), PATIENCE);

            assertThat(told.text()).isEqualTo("{\"name\":\"Ann\"}");
            assertThat(answer.ending()).isEqualTo(Ending.COMPLETE);
            assertThat(lines().get(0).at("/request/jsonSchema")).hasToString("{\"type\":\"object\"}");
        }

        @Test
        void failsWhereTheModelSaysWordsInPlaceOfAValue() {
            fake.says("It is Ann");

            var failure = failureOf(wishing(ofSchema(), user("Who?")), PATIENCE);

            assertThat(failure.kind()).isEqualTo(Kind.API_FAILED);
            assertThat(failure).hasMessage("the model did not answer in the form that was asked for");
            assertThat(told.text()).isEmpty();
        }

        @Test
        void tellsNoHalfOfAValue() {
            fake.runsIntoTheTokenLimit("I think");

            var answer = ask(wishing(ofSchema(), user("Who?")), PATIENCE);

            assertThat(answer.ending()).isEqualTo(Ending.TOKEN_LIMIT);
            assertThat(told.text()).isEmpty();
        }

        @Test
        void saysThatClaudeDroppedTheSchema() {
            fake.prints("{\"type\":\"system\",\"subtype\":\"init\",\"tools\":[]}\n")
                    .says("It is Ann");

            var failure = failureOf(wishing(ofSchema(), user("Who?")), PATIENCE);

            assertThat(failure.kind()).isEqualTo(Kind.INVALID_REQUEST);
            assertThat(failure).hasMessage("claude does not take the schema of the answer");
        }

        private Wishes ofSchema() {
            return new Wishes(null, null, null, List.of(), null, Map.of("$schema", "urn:new", "type", "object"));
        }

        @Test
        void saysNothingOfWhatIsNotWished() {
            fake.says("Hello");

            ask(prompt("Hi"), PATIENCE);

            assertThat(lines()).hasSize(2);
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
            assertThat(told.text()).isEqualTo("Hel");
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
            await().until(() -> call().alive().isEmpty());
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
            await().until(() -> call().alive().isEmpty());
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

            var failure = stopWhenTold("Hel", prompt(user("one"), assistant("1"), user("Hi")), () -> {});

            assertThat(failure.kind()).isEqualTo(Kind.STOPPED);
            assertThat(lines().get(4).at("/request/subtype").asString()).isEqualTo("interrupt");
        }

        @Test
        void killsTheWholeFamilyOfAClaudeThatHeedsNothing() {
            fake.forksAGrandchild().begins("Hel").ignoresSignals();

            var failure = stopWhenTold("Hel", () -> {});

            assertThat(failure.kind()).isEqualTo(Kind.STOPPED);
            await().until(() -> call().alive().isEmpty());
        }

        @Test
        void doesNotWaitForAClaudeThatDoesNotRead() {
            fake.begins("Hel").ignoresSignals();

            assertThat(failureOf(prompt("x".repeat(200_000)), LITTLE).kind()).isEqualTo(Kind.SILENT);
            await().until(() -> call().alive().isEmpty());
        }

        @Test
        void doesNotWaitForAClaudeThatTakesNoInstructions() {
            fake.heedsNoInstructions();

            stopsWhen(call -> call.wasInitialized());
        }

        @Test
        void doesNotWaitForAClaudeThatHangsInTheHistory() {
            fake.hangsInTheHistory();

            stopsWhen(call -> call.stdin().size() == 2);
        }

        @Test
        void doesNotWaitForTheFirstWord() {
            fake.begins();

            stopsWhen(call -> call.stdin().size() == 4);
        }

        @Test
        void doesNotWaitForTheEndOfATurnWhoseWordsAreSaid() {
            fake.saysWithoutAnEnd("Hello");

            stopsWhen(call -> told.text().equals("Hello"));
        }

        private void stopsWhen(Predicate<ClaudeCall> state) {
            var prompt = prompt(user("one"), assistant("1"), user("Hi"));
            try (var conversation = claude().start(prompt.model())) {
                var asking = CompletableFuture.supplyAsync(() ->
                        catchThrowableOfType(ClaudeException.class, () -> conversation.answer(prompt, told, PATIENCE)));
                await().until(() -> !fake.calls().isEmpty() && state.test(call()));

                conversation.stop();

                assertThat(asking.join().kind()).isEqualTo(Kind.STOPPED);
                await().until(() -> call().alive().isEmpty());
            }
        }

        private ClaudeException stopWhenTold(String text) {
            return stopWhenTold(text, () -> {});
        }

        private ClaudeException stopWhenTold(String text, Runnable before) {
            return stopWhenTold(text, prompt("Hi"), before);
        }

        private ClaudeException stopWhenTold(String text, Prompt prompt, Runnable before) {
            try (var conversation = claude().start(prompt.model())) {
                var asking = CompletableFuture.supplyAsync(() ->
                        catchThrowableOfType(ClaudeException.class, () -> conversation.answer(prompt, told, PATIENCE)));
                await().until(() -> told.text().equals(text));
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
            return conversation.answer(prompt, told, patience);
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
}

package dev.codewise.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.codewise.agent.claude.Answer.Ending;
import dev.codewise.agent.claude.ClaudeException.Kind;
import dev.codewise.agent.claude.Prompt.Speaker;
import dev.codewise.agent.claude.Prompt.Turn;
import dev.codewise.fixtures.ApiAnswer;
import dev.codewise.fixtures.ApiRequest;
import dev.codewise.fixtures.ClaudeExecutable;
import dev.codewise.fixtures.FakeAnthropic;
import dev.codewise.fixtures.RealClaude;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The real Claude Code, driven against a scripted API. */
@Tag("long")
@RealClaude
class RealClaudeIT {

    private static final String MODEL = "claude-sonnet-5";
    private static final Patience PATIENCE = new Patience(Duration.ofSeconds(30), Duration.ofSeconds(60));

    @TempDir
    Path home;

    private FakeAnthropic anthropic;
    private final AtomicReference<String> told = new AtomicReference<>("");

    @BeforeEach
    void start() throws IOException {
        anthropic = FakeAnthropic.start();
    }

    @AfterEach
    void stop() throws IOException {
        anthropic.close();
    }

    @Test
    void tellsItsVersion() {
        var version = claude().version();

        assertThat(version.isKnown()).isTrue();
        assertThat(version.isOld()).isFalse();
    }

    @Test
    void answersPieceByPiece() {
        anthropic.says("Hel", "lo");

        var answer = ask(prompt("Hi"));

        assertThat(told).hasValue("Hello");
        assertThat(answer.ending()).isEqualTo(Ending.COMPLETE);
        assertThat(answer.model()).isEqualTo("claude-sonnet-5");
        assertThat(answer.tokens().output()).isPositive();
        assertThat(answer.costUsd()).isPositive();
        assertThat(anthropic.awaitRequest().wantsStream()).isTrue();
    }

    @Test
    void isGivenTheInstructionsAndTheTokenLimitOfTheRequest() {
        ask(new Prompt("claude-sonnet-5", "You are terse.", List.of(), "Hi", 500));

        var request = anthropic.awaitRequest();
        assertThat(request.body().path("system").toString()).contains("You are terse.");
        assertThat(request.body().path("max_tokens").asInt()).isEqualTo(500);
        assertThat(request.body().path("tools")).isEmpty();
    }

    @Test
    void isNoCoderWithoutInstructions() {
        ask(prompt("Hi"));

        assertThat(anthropic.awaitRequest().body().path("system").toString()).doesNotContain("software engineering");
    }

    @Test
    void sendsHistoryAsTrueTurns() {
        var history = List.of(user("one"), assistant("1"), user("two"), assistant("2"), user("three"), assistant("3"));

        ask(new Prompt("claude-sonnet-5", null, history, "four", null));

        var request = anthropic.awaitRequest();
        assertThat(roles(request))
                .containsExactly("user", "assistant", "user", "assistant", "user", "assistant", "user");
        assertThat(texts(request)).containsSubsequence("one", "1", "two", "2", "three", "3", "four");
        assertThat(anthropic.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/cost", "/clear", "/model opus", "/", "one\n/cost\ntwo"})
    void takesEveryQuestionForTextAfterWaiting(String text) {
        askWarm(new Prompt(MODEL, text, List.of(user(text), assistant(text)), text, null));

        var request = anthropic.awaitRequest();
        assertThat(roles(request)).containsExactly("user", "assistant", "user");
        assertThat(texts(request)).filteredOn(text::equals).hasSize(3);
        assertThat(texts(request)).filteredOn(String::isBlank).isEmpty();
        assertThat(told.get()).startsWith("You said: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"@%s", "see @%s please", "@\"%s\"", "/cost @%s", "@~/canary.txt"})
    void readsNoFileThatATextNamesAfterWaiting(String form) throws IOException {
        var canary = Files.writeString(home.resolve("canary.txt"), "CANARY-7431");
        var text = form.formatted(canary);

        askWarm(new Prompt(MODEL, text, List.of(user(text), assistant(text)), text, null));

        var request = anthropic.awaitRequest();
        assertThat(request.body().toString()).doesNotContain("CANARY-7431");
        assertThat(texts(request)).filteredOn(text::equals).hasSize(3);
    }

    @Test
    void isGivenEverythingLateAfterWaiting() {
        askWarm(new Prompt(MODEL, "You are terse.", List.of(user("one"), assistant("1")), "two", 500));

        var request = anthropic.awaitRequest();
        assertThat(request.body().path("model").asString()).isEqualTo(MODEL);
        assertThat(request.body().path("system").toString()).contains("You are terse.");
        assertThat(request.body().path("max_tokens").asInt()).isEqualTo(500);
        assertThat(request.body().path("tools")).isEmpty();
        assertThat(roles(request)).containsExactly("user", "assistant", "user");
        assertThat(texts(request)).containsSubsequence("one", "1", "two");
        assertThat(anthropic.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/cost", "/cost now", "/clear", "/", "//", "--settings={}", "one\n/cost\ntwo"})
    void takesEveryQuestionForText(String text) {
        ask(new Prompt("claude-sonnet-5", text, List.of(user(text), assistant(text)), text, null));

        var request = anthropic.awaitRequest();
        assertThat(roles(request)).containsExactly("user", "assistant", "user");
        assertThat(texts(request)).filteredOn(text::equals).hasSize(3);
        assertThat(texts(request)).filteredOn(String::isBlank).isEmpty();
        assertThat(told.get()).startsWith("You said: ");
    }

    @Test
    void takesEveryTextOfTheHistoryForText() {
        var texts = List.of(
                "/cost",
                "/clear",
                "/model opus",
                "/compact",
                "/",
                "/no/such/command at all",
                "!touch here",
                "# remember this",
                "--dangerously-skip-permissions",
                "$(id)");
        var history = texts.stream()
                .flatMap(text -> Stream.of(user(text), assistant("heard " + text)))
                .toList();

        ask(new Prompt("claude-sonnet-5", null, history, "Hi", null));

        var said = texts(anthropic.awaitRequest());
        assertThat(said).containsSubsequence(texts);
        assertThat(said).contains("heard /cost", "heard /clear", "heard $(id)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"@%s", "see @%s please", "@\"%s\"", "/cost @%s", "@../../../../../../..%s", "@~/canary.txt"})
    void readsNoFileThatATextNames(String form) throws IOException {
        var canary = Files.writeString(home.resolve("canary.txt"), "CANARY-7431");
        var text = form.formatted(canary);

        ask(new Prompt("claude-sonnet-5", text, List.of(user(text), assistant(text)), text, null));

        var request = anthropic.awaitRequest();
        assertThat(request.body().toString()).doesNotContain("CANARY-7431");
        assertThat(texts(request)).filteredOn(text::equals).hasSize(3);
    }

    @Test
    void takesAPromptOfAMegabyte() {
        var text = "word ".repeat(200_000);
        anthropic.says("Hello");

        var answer = ask(new Prompt("claude-sonnet-5[1m]", null, List.of(user("Hi"), assistant("Hello")), text, null));

        assertThat(told).hasValue("Hello");
        assertThat(answer.ending()).isEqualTo(Ending.COMPLETE);
        assertThat(anthropic.awaitRequest().prompt()).isEqualTo(text);
    }

    @Test
    void saysThatAPromptIsTooLong() {
        assertThat(failureOf(prompt("word ".repeat(300_000))).kind()).isEqualTo(Kind.PROMPT_TOO_LONG);
    }

    @Test
    void endsAtTheTokenLimitWithoutAskingForMore() {
        anthropic.next(ApiAnswer.says("Hel", "lo").stopsFor("max_tokens"));

        var answer = ask(prompt("Hi"));

        assertThat(told).hasValue("Hello");
        assertThat(answer.ending()).isEqualTo(Ending.TOKEN_LIMIT);
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_request_error, INVALID_REQUEST",
        "401, authentication_error, NOT_LOGGED_IN",
        "403, permission_error, NOT_LOGGED_IN",
        "404, not_found_error, INVALID_REQUEST",
        "413, request_too_large, PROMPT_TOO_LONG",
    })
    void tellsTheFailuresOfTheServiceApart(int status, String type, Kind kind) {
        anthropic.always(ApiAnswer.fails(status, type));

        assertThat(failureOf(prompt("Hi")).kind()).isEqualTo(kind);
    }

    @Test
    void failsVisiblyWhenTheStreamIsCut() {
        anthropic.next(ApiAnswer.says("Hel", "lo").hangsUpAfter(1));

        assertThat(failureOf(prompt("Hi")).kind()).isEqualTo(Kind.API_FAILED);
        // a cut may overtake the words before it inside of the CLI; it must not be taken for the end, and nothing may
        // follow it
        assertThat(told.get()).isIn("", "Hel");
    }

    @Test
    void isGoneWithinASecondWhenItIsStopped() {
        anthropic.stalls();
        var before = children();
        try (var conversation = claude().start("claude-sonnet-5")) {
            var asking = CompletableFuture.supplyAsync(() -> catchThrowableOfType(
                    ClaudeException.class, () -> conversation.answer(prompt("Hi"), new Told(), PATIENCE)));
            var request = anthropic.awaitRequest(Duration.ofSeconds(30));
            assertThat(children()).hasSizeGreaterThan(before.size());

            var stopping = System.nanoTime();
            conversation.stop();

            assertThat(Duration.ofNanos(System.nanoTime() - stopping)).isLessThan(Duration.ofSeconds(1));
            assertThat(asking.join().kind()).isEqualTo(Kind.STOPPED);
            request.awaitHangUp();
        }
        await().untilAsserted(() -> assertThat(children()).isEqualTo(before));
    }

    private static List<ProcessHandle> children() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().command().isPresent())
                .toList();
    }

    private Answer ask(Prompt prompt) {
        try (var conversation = claude().start(prompt.model())) {
            return conversation.answer(prompt, new Told(), PATIENCE);
        }
    }

    /** As above, by a process that has waited for it, and by no other. */
    private void askWarm(Prompt prompt) {
        var shelf = new WarmShelf(1, Duration.ofHours(1), new Demand());
        try (var claude = new Claude(ClaudeExecutable.path().toString(), environment(), shelf)) {
            claude.warmUp(List.of(MODEL));
            await().atMost(Duration.ofSeconds(30)).until(() -> shelf.missing().isEmpty());
            var waiting = children();
            try (var conversation = claude.start(MODEL)) {
                assertThat(children()).isSubsetOf(waiting);
                conversation.answer(prompt, new Told(), PATIENCE);
            }
        }
        assertThat(children()).isEmpty();
    }

    private ClaudeException failureOf(Prompt prompt) {
        return catchThrowableOfType(ClaudeException.class, () -> ask(prompt));
    }

    private Claude claude() {
        return new Claude(ClaudeExecutable.path().toString(), environment());
    }

    private Map<String, String> environment() {
        return ClaudeExecutable.environment(home, anthropic.baseUrl());
    }

    private static List<String> roles(ApiRequest request) {
        return nodes(request.body().path("messages"))
                .map(message -> message.path("role").asString(""))
                .toList();
    }

    private static List<String> texts(ApiRequest request) {
        return nodes(request.body().path("messages"))
                .flatMap(message -> nodes(message.path("content")))
                .map(block -> block.path("text").asString(""))
                .toList();
    }

    private static Stream<JsonNode> nodes(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static Prompt prompt(String question) {
        return new Prompt("claude-sonnet-5", null, List.of(), question, null);
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

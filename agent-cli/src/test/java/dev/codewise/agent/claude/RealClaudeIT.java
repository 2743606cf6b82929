package dev.codewise.agent.claude;

import static dev.codewise.agent.claude.AskedClaude.children;
import static dev.codewise.agent.claude.AskedClaude.roles;
import static dev.codewise.agent.claude.AskedClaude.texts;
import static dev.codewise.agent.claude.Said.MODEL;
import static dev.codewise.agent.claude.Said.assistant;
import static dev.codewise.agent.claude.Said.prompt;
import static dev.codewise.agent.claude.Said.user;
import static dev.codewise.agent.claude.Said.wishing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.codewise.agent.claude.Answer.Ending;
import dev.codewise.agent.claude.ClaudeException.Kind;
import dev.codewise.fixtures.ApiAnswer;
import dev.codewise.fixtures.RealClaude;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The real Claude Code, driven against a scripted API. */
@Tag("long")
@RealClaude
class RealClaudeIT extends RealClaudeAtAFakeApi {

    private static final Patience PATIENCE = new Patience(Duration.ofSeconds(30), Duration.ofSeconds(60));

    @Test
    void tellsItsVersion() {
        var version = asked.claude().version();

        assertThat(version.isKnown()).isTrue();
        assertThat(version.isOld()).isFalse();
    }

    @Test
    void answersPieceByPiece() {
        anthropic.says("Hel", "lo");

        var answer = asked.ask(prompt("Hi"));

        assertThat(asked.told().text()).isEqualTo("Hello");
        assertThat(answer.ending()).isEqualTo(Ending.COMPLETE);
        assertThat(answer.model()).isEqualTo("claude-sonnet-5");
        assertThat(answer.tokens().output()).isPositive();
        assertThat(answer.costUsd()).isPositive();
        assertThat(anthropic.awaitRequest().wantsStream()).isTrue();
    }

    @Test
    void isGivenTheInstructionsAndTheTokenLimitOfTheRequest() {
        asked.ask(wishing(Wishes.ofMaxTokens(500), user("Hi")));

        var request = anthropic.awaitRequest();
        assertThat(request.body().path("system").toString()).contains("You are terse.");
        assertThat(request.body().path("max_tokens").asInt()).isEqualTo(500);
        assertThat(request.body().path("tools")).isEmpty();
    }

    @Test
    void isNoCoderWithoutInstructions() {
        asked.ask(prompt("Hi"));

        assertThat(anthropic.awaitRequest().body().path("system").toString()).doesNotContain("software engineering");
    }

    @Test
    void sendsHistoryAsTrueTurns() {
        asked.ask(prompt(
                user("one"), assistant("1"), user("two"), assistant("2"), user("three"), assistant("3"), user("four")));

        var request = anthropic.awaitRequest();
        assertThat(roles(request))
                .containsExactly("user", "assistant", "user", "assistant", "user", "assistant", "user");
        assertThat(texts(request)).containsSubsequence("one", "1", "two", "2", "three", "3", "four");
        assertThat(anthropic.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/cost", "/clear", "/model opus", "/", "one\n/cost\ntwo"})
    void takesEveryQuestionForTextAfterWaiting(String text) {
        asked.askWarm(new Prompt(MODEL, text, List.of(user(text), assistant(text), user(text))));

        var request = anthropic.awaitRequest();
        assertThat(roles(request)).containsExactly("user", "assistant", "user");
        assertThat(texts(request)).filteredOn(text::equals).hasSize(3);
        assertThat(texts(request)).filteredOn(String::isBlank).isEmpty();
        assertThat(asked.told().text()).startsWith("You said: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"@%s", "see @%s please", "@\"%s\"", "/cost @%s", "@~/canary.txt"})
    void readsNoFileThatATextNamesAfterWaiting(String form) throws IOException {
        var canary = Files.writeString(home.resolve("canary.txt"), "CANARY-7431");
        var text = form.formatted(canary);

        asked.askWarm(new Prompt(MODEL, text, List.of(user(text), assistant(text), user(text))));

        var request = anthropic.awaitRequest();
        assertThat(request.body().toString()).doesNotContain("CANARY-7431");
        assertThat(texts(request)).filteredOn(text::equals).hasSize(3);
    }

    @Test
    void isGivenEverythingLateAfterWaiting() {
        asked.askWarm(wishing(Wishes.ofMaxTokens(500), user("one"), assistant("1"), user("two")));

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
        asked.ask(new Prompt(MODEL, text, List.of(user(text), assistant(text), user(text))));

        var request = anthropic.awaitRequest();
        assertThat(roles(request)).containsExactly("user", "assistant", "user");
        assertThat(texts(request)).filteredOn(text::equals).hasSize(3);
        assertThat(texts(request)).filteredOn(String::isBlank).isEmpty();
        assertThat(asked.told().text()).startsWith("You said: ");
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
        var history = texts.stream().flatMap(text -> Stream.of(user(text), assistant("heard " + text)));

        asked.ask(new Prompt(
                MODEL, null, Stream.concat(history, Stream.of(user("Hi"))).toList()));

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

        asked.ask(new Prompt(MODEL, text, List.of(user(text), assistant(text), user(text))));

        var request = anthropic.awaitRequest();
        assertThat(request.body().toString()).doesNotContain("CANARY-7431");
        assertThat(texts(request)).filteredOn(text::equals).hasSize(3);
    }

    @Test
    void takesAPromptOfAMegabyte() {
        var text = "word ".repeat(200_000);
        anthropic.says("Hello");

        var answer =
                asked.ask(new Prompt("claude-sonnet-5[1m]", null, List.of(user("Hi"), assistant("Hello"), user(text))));

        assertThat(asked.told().text()).isEqualTo("Hello");
        assertThat(answer.ending()).isEqualTo(Ending.COMPLETE);
        assertThat(anthropic.awaitRequest().prompt()).isEqualTo(text);
    }

    @Test
    void saysThatAPromptIsTooLong() {
        assertThat(failureOf(prompt("word ".repeat(300_000))).kind()).isEqualTo(Kind.PROMPT_TOO_LONG);
    }

    @Test
    void saysThatAPromptOfFiveMegabytesIsTooLong() {
        assertThat(failureOf(prompt("word ".repeat(1_000_000))).kind()).isEqualTo(Kind.PROMPT_TOO_LONG);
        assertThat(children()).isEmpty();
    }

    @Test
    void passesOnWhatIsHardlyText() {
        var text = "a\u0000b \u0007 \ufffe c\r\nd \u2028 \ud83d\ude00 e";

        asked.ask(new Prompt(MODEL, text, List.of(user(text), assistant(text), user(text + "\ud83d"))));

        var said = texts(anthropic.awaitRequest());
        assertThat(said).filteredOn(text::equals).hasSize(2);
        assertThat(said).contains(text + "?");
    }

    @Test
    void asksAModelOnceThatHasNothingToSay() {
        anthropic.next(ApiAnswer.says());

        var answer = asked.ask(prompt("Hi"));

        assertThat(answer.ending()).isEqualTo(Ending.COMPLETE);
        assertThat(asked.told().text()).isEmpty();
    }

    @Test
    void endsAtTheTokenLimitWithoutAskingForMore() {
        anthropic.next(ApiAnswer.says("Hel", "lo").stopsFor("max_tokens"));

        var answer = asked.ask(prompt("Hi"));

        assertThat(asked.told().text()).isEqualTo("Hello");
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
        assertThat(asked.told().text()).isIn("", "Hel");
    }

    @Test
    void isGoneWhenItIsStopped() {
        anthropic.stalls();
        var before = children();
        try (var conversation = asked.claude().start("claude-sonnet-5")) {
            var asking = CompletableFuture.supplyAsync(() -> catchThrowableOfType(
                    ClaudeException.class, () -> conversation.answer(prompt("Hi"), asked.told(), PATIENCE)));
            var request = anthropic.awaitRequest(Duration.ofSeconds(30));
            assertThat(children()).hasSizeGreaterThan(before.size());

            conversation.stop();

            assertThat(asking.join().kind()).isEqualTo(Kind.STOPPED);
            request.awaitHangUp();
        }
        await().untilAsserted(() -> assertThat(children()).isEqualTo(before));
    }

    private ClaudeException failureOf(Prompt prompt) {
        return catchThrowableOfType(ClaudeException.class, () -> asked.ask(prompt));
    }
}

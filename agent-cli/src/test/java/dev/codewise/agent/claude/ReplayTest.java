package dev.codewise.agent.claude;

import static dev.codewise.agent.claude.Said.prompt;
import static dev.codewise.agent.claude.Said.user;
import static dev.codewise.agent.claude.Said.wishing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.codewise.agent.claude.Answer.Ending;
import dev.codewise.agent.claude.ClaudeException.Kind;
import dev.codewise.fixtures.FakeClaude;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a real claude once printed, printed again by a process that is driven as that one was. */
class ReplayTest {

    private static final Patience PATIENCE = new Patience(Duration.ofSeconds(20), Duration.ofSeconds(30));
    private static final Wishes OF_SCHEMA = new Wishes(null, null, null, List.of(), null, Map.of("type", "object"));

    @TempDir
    Path folder;

    private FakeClaude fake;
    private final Told told = new Told();

    @BeforeEach
    void install() {
        fake = FakeClaude.in(folder);
    }

    @AfterEach
    void leavesNoProcess() {
        await().until(() -> fake.calls().get(0).alive().isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "text-lean, the quick brown fox jumps",
        "oauth-text, the quick",
        "oauth-rate-limit-warning, the quick",
        "thinking, the quick brown fox",
        "thinking-redacted, the quick brown fox",
        "thinking-disabled, the quick",
        "input-image, the quick",
        "input-document, the quick",
        "history-lockstep, '{\"model\"'",
        "history-lockstep-tools-ids, the quick",
        "history-lockstep-end-tool, second",
        "stop-sequence, the quick brown",
        "error-500-then-ok, the quick brown fox jumps over",
        "fallback-model, the quick brown fox jumps over",
        "model-unknown, the quick",
    })
    void isAnswered(String transcript, String words) {
        var answer = replay(transcript, prompt("Hi"));

        assertThat(told.text()).startsWith(words);
        assertThat(answer.ending()).isEqualTo(Ending.COMPLETE);
        assertThat(answer.tokens().output()).isPositive();
        assertThat(answer.costUsd()).isPositive();
    }

    @Test
    void tellsEachCallThatIsRepeated() {
        replay("fallback-model", prompt("Hi"));

        assertThat(told.retries()).extracting(Retry::status).containsExactly(529, 529, 529);
        assertThat(told.retries()).extracting(Retry::attempt).containsExactly(1, 2, 1);
    }

    @Test
    void isAnsweredWithNothing() {
        var answer = replay("empty-answer", prompt("Hi"));

        assertThat(answer.ending()).isEqualTo(Ending.COMPLETE);
        assertThat(told.text()).isEmpty();
        assertThat(fake.calls().get(0).stdin()).last().asString().contains("\"interrupt\"");
    }

    @Test
    void isAnsweredWithAValue() {
        var answer = replay("json-schema-initialize", wishing(OF_SCHEMA, user("Who?")));

        assertThat(told.text()).isEqualTo("{\"name\":\"Bob\"}");
        assertThat(answer.ending()).isEqualTo(Ending.COMPLETE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"max-tokens", "max-tokens-interrupt", "context-exceeded"})
    void isCutShortAndInterrupted(String transcript) {
        var answer = replay(transcript, prompt("Hi"));

        assertThat(answer.ending()).isEqualTo(Ending.TOKEN_LIMIT);
        assertThat(told.text()).startsWith("the quick brown").doesNotContain("Error");
        assertThat(fake.calls().get(0).stdin()).last().asString().contains("\"interrupt\"");
    }

    @ParameterizedTest
    @CsvSource({
        "error-400, INVALID_REQUEST",
        "error-401, NOT_LOGGED_IN",
        "oauth-401, NOT_LOGGED_IN",
        "retries-default-401, NOT_LOGGED_IN",
        "oauth-bare, NOT_LOGGED_IN",
        "no-auth, NOT_LOGGED_IN",
        "error-403, NOT_LOGGED_IN",
        "error-404-model, INVALID_REQUEST",
        "error-413, PROMPT_TOO_LONG",
        "error-429-retry-after, RATE_LIMITED",
        "retries-default-429, RATE_LIMITED",
        "oauth-rate-limit-rejected, RATE_LIMITED",
        "error-500, API_FAILED",
        "error-500-retries0, API_FAILED",
        "error-529, OVERLOADED",
        "retries-default-529, OVERLOADED",
        "error-connection-refused, API_FAILED",
        "retries-default-refused, API_FAILED",
        "error-hang-api-timeout, API_FAILED",
    })
    void failsBeforeAWord(String transcript, Kind kind) {
        assertThat(failureOf(transcript, prompt("Hi")).kind()).isEqualTo(kind);
        assertThat(told.text()).isEmpty();
    }

    @Test
    void failsWhereTheModelWillNotGoOn() {
        assertThat(failureOf("refusal", prompt("Hi")).kind()).isEqualTo(Kind.REFUSED);
        assertThat(told.text()).isEqualTo("the quick");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nofallback-cut-stream",
                "nofallback-end-early",
                "nofallback-malformed-stream",
                "nofallback-stream-overloaded",
            })
    void failsInMidAnswer(String transcript) {
        var failure = failureOf(transcript, prompt("Hi"));

        assertThat(failure.kind()).isIn(Kind.API_FAILED, Kind.OVERLOADED);
        assertThat("the quick brown fox jumps over the lazy dog").startsWith(told.text());
        assertThat(failure.spent().input() + failure.spent().cacheRead()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"error-cut-stream", "error-end-early", "error-malformed-stream", "error-stream-overloaded"})
    void failsWhereClaudeBeginsAnotherAnswer(String transcript) {
        var failure = failureOf(transcript, prompt("Hi"));

        assertThat(failure).hasMessage("the answer broke off, and claude began another one");
        assertThat(told.text()).isNotEmpty();
    }

    @Test
    void takesAnAnswerThatWasNotStreamedAtAll() {
        var streamed = Transcript.of("error-cut-stream").answer();
        var whole = streamed.lines().filter(line -> !line.contains("content_block_delta"));
        fake.prints(String.join("\n", whole.toList()) + "\n");

        var answer = ask(prompt("Hi"));

        assertThat(told.text()).isEqualTo("the quick brown fox jumps over the lazy dog");
        assertThat(answer.costUsd()).isPositive();
    }

    @Test
    void failsWhereTheSchemaIsIgnored() {
        var failure = failureOf("json-schema-text-only", wishing(OF_SCHEMA, user("Who?")));

        assertThat(failure).hasMessage("the model did not answer in the form that was asked for");
        assertThat(told.text()).isEmpty();
    }

    private ClaudeException failureOf(String transcript, Prompt prompt) {
        return catchThrowableOfType(ClaudeException.class, () -> replay(transcript, prompt));
    }

    private Answer replay(String transcript, Prompt prompt) {
        fake.prints(Transcript.of(transcript).answer());
        return ask(prompt);
    }

    private Answer ask(Prompt prompt) {
        var claude = new Claude(fake.executable().toString(), Map.of("PATH", System.getenv("PATH")));
        try (var conversation = claude.start(prompt.model())) {
            return conversation.answer(prompt, told, PATIENCE);
        }
    }
}

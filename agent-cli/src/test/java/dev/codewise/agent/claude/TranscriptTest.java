package dev.codewise.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.codewise.agent.claude.ClaudeException.Kind;
import dev.codewise.agent.claude.ClaudeLine.TurnEnded;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class TranscriptTest {

    private static final Instant RECORDED = Instant.ofEpochSecond(1_795_154_873 - 600);

    private final Told told = new Told();
    private final Progress progress = new Progress(told);
    private final Failures failures =
            new Failures(new Redaction(Map.of("HOME", "/home/dev")), Clock.fixed(RECORDED, ZoneOffset.UTC));

    @ParameterizedTest
    @ValueSource(strings = {"text-lean", "text-plain"})
    void tellsTheTextAndWhatItTook(String transcript) {
        replay(transcript);

        assertThat(told.text()).startsWith("the quick brown fox jumps");
        assertThat(progress.model()).isEqualTo("claude-sonnet-5");
        assertThat(turn().isError()).isFalse();
    }

    @Test
    void takesTheTrueFiguresFromTheEndOfTheMessage() {
        replay("text-lean");

        assertThat(progress.tokens()).isEqualTo(new Tokens(1, 5, 0, 155, 0));
        assertThat(turn().costUsd()).isEqualByComparingTo(new BigDecimal("0.00065925"));
    }

    @Test
    void tellsThinkingApartFromWords() {
        replay("thinking");

        assertThat(told.thoughts()).isEqualTo("the quick brown fox jumps over");
        assertThat(told.text()).isEqualTo("the quick brown fox");
        assertThat(told.signsOfLife()).isGreaterThan(10);
    }

    @Test
    void keepsWhatSubagentsSayToItself() {
        replay("subagent");

        assertThat(told.text()).isEqualTo(turn().text());
    }

    @Test
    void endsTheTextWhereTheTokenLimitCutIt() {
        replay("max-tokens-interrupt");

        assertThat(told.text()).isEqualTo("the quick brown fox");
        assertThat(progress.isCutShort()).isTrue();
    }

    @Test
    void endsTheTextWhereTheContextWasFull() {
        replay("context-exceeded");

        assertThat(told.text()).isEqualTo("the quick brown");
        assertThat(progress.isCutShort()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "error-400, INVALID_REQUEST",
        "error-413, PROMPT_TOO_LONG",
        "error-404-model, INVALID_REQUEST",
        "error-429-retry-after, RATE_LIMITED",
        "oauth-rate-limit-rejected, RATE_LIMITED",
        "error-529, OVERLOADED",
        "error-500, API_FAILED",
        "nofallback-cut-stream, API_FAILED",
        "no-auth, NOT_LOGGED_IN",
        "refusal, REFUSED",
    })
    void tellsFailuresApart(String transcript, Kind kind) {
        replay(transcript);

        var failure = failures.of(turn(), progress);

        assertThat(turn().isError()).isTrue();
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure).hasMessage(turn().text().replace('\n', ' ').replace("  ", " "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"refusal", "nofallback-cut-stream", "no-auth", "error-529"})
    void neverPassesOnWhatTheCliSaysInTheModelsPlace(String transcript) {
        replay(transcript);

        assertThat(told.text()).doesNotContain("API Error", "login");
    }

    @Test
    void saysWhenTheSubscriptionsLimitEnds() {
        replay("oauth-rate-limit-rejected");

        assertThat(failures.of(turn(), progress).retryAfter()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void doesNotWaitForTheRetriesOfARefusedLogin() {
        var failure = catchThrowableOfType(ClaudeException.class, () -> replay("error-401"));

        assertThat(failure.kind()).isEqualTo(Kind.NOT_LOGGED_IN);
    }

    @Test
    void endsAnAnswerThatDoesNotEnd() {
        var piece = "x".repeat(1024 * 1024);

        for (var count = 0; count < 16; count++) {
            progress.textDelta(new ClaudeLine.TextDelta(piece));
        }

        assertThatThrownBy(() -> progress.textDelta(new ClaudeLine.TextDelta("x")))
                .isInstanceOf(ClaudeException.class)
                .hasMessageContaining("16 MiB");
    }

    private void replay(String transcript) {
        var parser = new LineParser(new JsonMapper());
        for (var line : Transcript.of(transcript).lines()) {
            progress.heard();
            parser.parse(line).ifPresent(known -> known.tell(progress));
        }
    }

    private TurnEnded turn() {
        return Objects.requireNonNull(progress.turn());
    }
}

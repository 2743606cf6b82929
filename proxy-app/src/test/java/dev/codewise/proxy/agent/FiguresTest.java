package dev.codewise.proxy.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codewise.protocol.RunError;
import dev.codewise.protocol.RunErrorCode;
import dev.codewise.protocol.RunMessage.Chunk;
import dev.codewise.protocol.RunMessage.Failed;
import dev.codewise.protocol.RunUsage;
import dev.codewise.proxy.completion.Answerer;
import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.Usage;
import dev.codewise.proxy.completion.Wishes;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an agent says of itself is data, whatever it says. */
class FiguresTest {

    @Test
    void areTakenAsTheyAre() {
        assertThat(Figures.usage(new RunUsage(1L, 2L, 3L, 4L, 5L))).isEqualTo(new Usage(1, 2, 3, 4, 5));
        assertThat(Figures.usage(new RunUsage(0L, 0L, null, null, null))).isEqualTo(new Usage(0, 0, 0, 0, 0));
        assertThat(Figures.dollars(new BigDecimal("0.00123"))).isEqualTo(new BigDecimal("0.00123"));
        assertThat(Figures.model("claude-opus-4-8[1m]")).isEqualTo("claude-opus-4-8[1m]");
    }

    @ParameterizedTest
    @CsvSource({"-1,2,,", "1,-2,,", "1,2,-3,", "1,2,,-4", "9000000000000000000,2,,", ",2,,", "1,,,"})
    void ofTokensAreNothingWhereTheyCannotBeTrue(
            @Nullable Long input, @Nullable Long output, @Nullable Long read, @Nullable Long written) {
        assertThat(Figures.usage(new RunUsage(input, output, read, written, null)))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.01", "1000001", "1E+999999999", "1E-999999999"})
    void ofMoneyAreNothingWhereTheyCannotBeTrue(BigDecimal dollars) {
        assertThat(Figures.dollars(dollars)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "a\nb", "a\u0000", "\u6f22"})
    void andNamesOfModelsAreNothingWhereNoModelHasThem(String name) {
        assertThat(Figures.model(name)).isNull();
        assertThat(Figures.model("x".repeat(129))).isNull();
    }

    @Test
    void andAFailureIsNoLongerThanAPersonReads() {
        String endless = "x".repeat(100_000);

        assertThatThrownBy(() -> heard(new RunError(RunErrorCode.CLI_EXIT, endless, null, null)))
                .hasMessage("x".repeat(4096) + "\u2026");
    }

    @ParameterizedTest
    @CsvSource({"5000, 5000", "0, ", "-5, ", ", "})
    void andATimeToComeBackIsOneThatComes(@Nullable Long told, @Nullable Long understood) {
        assertThatThrownBy(() -> heard(new RunError(RunErrorCode.RATE_LIMITED, "Later.", null, told)))
                .isInstanceOfSatisfying(
                        CompletionException.class,
                        failure -> assertThat(failure.retryAfter())
                                .isEqualTo(Optional.ofNullable(understood).map(Duration::ofMillis)));
    }

    @Test
    void ofAPieceAreWhatIsUsedByThen() {
        var taken = new Taken(new Answerer("agent", "laptop-1"), Set.of(Wishes.Kind.TOP_P));
        var piece = new Chunk("req-1", null, "Hel").having(new RunUsage(7L, 1L, null, null, null));

        assertThat(new AgentVocabulary().fromRun(piece, taken))
                .containsExactly(
                        new Taken(taken.by(), taken.unheeded(), new Usage(7, 1, 0, 0, 0)),
                        new CompletionEvent.Text("Hel"));
    }

    @Test
    void ofAFailureAreWhatItHadTakenByThen() {
        var failed = new Failed("req-1", null, RunError.of("It broke."), new RunUsage(7L, 1L, null, null, null));

        assertThatThrownBy(() -> new AgentVocabulary().fromRun(failed))
                .isInstanceOfSatisfying(
                        CompletionException.class,
                        failure -> assertThat(failure.spent()).hasValue(new Usage(7, 1, 0, 0, 0)));
    }

    private static void heard(RunError error) {
        new AgentVocabulary().fromRun(new Failed("req-1", null, error));
    }
}

package dev.codewise.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.agent.claude.Wishes.Effort;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TuningTest {

    private static final Toolbox.Tool TOOL = new Toolbox.Tool("look", null, Map.of());

    @Test
    void leavesToClaudeWhatIsNotWished() {
        var tuning = Tuning.of(Said.prompt("Hi"));

        assertThat(tuning.isNone()).isTrue();
        assertThat(tuning.thinkingTokens()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "NONE, low, 0",
        "MINIMAL, low, 0",
        "LOW, low, 2048",
        "MEDIUM, medium, 8192",
        "HIGH, high, 16384",
        "MAX, max, 31744",
    })
    void tellsEffortInBothWaysThatModelsKnow(Effort effort, String level, int thinking) {
        var tuning = tuning(wishes(null, null, null, effort));

        assertThat(tuning.effort()).isEqualTo(level);
        assertThat(tuning.thinkingTokens()).isEqualTo(thinking);
    }

    @ParameterizedTest
    @CsvSource({
        "sonnet, LOW, true",
        "fable, MAX, true",
        "claude-opus-4-8, HIGH, true",
        "claude-sonnet-4-6, HIGH, true",
        "sonnet, NONE, false",
        "haiku, HIGH, false",
        "claude-opus-4-5-20251101, HIGH, false",
        "of-somebody-else, HIGH, false",
    })
    void asksForASummaryOfThoughtsThatAreHiddenOtherwise(String model, Effort effort, boolean asks) {
        assertThat(tuning(model, wishes(null, null, null, effort)).extraBody().containsKey("thinking"))
                .isEqualTo(asks);
    }

    @Test
    void asksForNoThoughtsWhereNobodyAskedForEffort() {
        assertThat(tuning("sonnet", wishes(5000, null, null, null)).extraBody()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "500, 0", "2047, 0", "2048, 1024", "5000, 2500"})
    void leavesHalfOfALimitToTheAnswer(int limit, int thinking) {
        assertThat(tuning(wishes(limit, null, null, null)).thinkingTokens()).isEqualTo(thinking);
    }

    @Test
    void letsNoEffortGoBeyondALimit() {
        assertThat(tuning(wishes(5000, null, null, Effort.HIGH)).thinkingTokens())
                .isEqualTo(2500);
        assertThat(tuning(wishes(50_000, null, null, Effort.LOW)).thinkingTokens())
                .isEqualTo(2048);
        assertThat(tuning(wishes(500, null, null, Effort.MAX)).thinkingTokens()).isZero();
        assertThat(tuning(wishes(500, null, null, Effort.MAX)).effort()).isEqualTo("high");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "haiku",
                "claude-haiku-4-5",
                "claude-haiku-4-5-20251001",
                "claude-sonnet-4-6",
                "claude-opus-4-6",
                "claude-sonnet-4-20250514",
                "claude-3-5-haiku-20241022",
                "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
                "claude-sonnet-4-5@20250929",
            })
    void tellsTheTemperatureWithThinkingOff(String model) {
        var tuning = tuning(model, wishes(null, 0.2, 0.9, null));

        assertThat(tuning.extraBody()).isEqualTo(Map.of("temperature", 0.2));
        assertThat(tuning.thinkingTokens()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sonnet", "opus", "fable", "claude-sonnet-5", "claude-opus-4-8", "claude-opus-4-1", "new"})
    void keepsTheTemperatureFromModelsThatRefuseIt(String model) {
        var tuning = tuning(model, wishes(null, 0.2, 0.9, null));

        assertThat(tuning.isNone()).isTrue();
        assertThat(tuning.thinkingTokens()).isNull();
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.0, 1.3, 2.0})
    void needNotTellTheHighestTemperature(double temperature) {
        var tuning = tuning("haiku", wishes(null, temperature, 1.0, null));

        assertThat(tuning.isNone()).isTrue();
    }

    @Test
    void tellsTopPOnlyWhereItStandsBesideATemperature() {
        assertThat(tuning("claude-sonnet-4-20250514", wishes(null, null, 0.9, null))
                        .extraBody())
                .isEqualTo(Map.of("top_p", 0.9));
        assertThat(tuning("haiku", wishes(null, null, 0.9, null)).extraBody()).isEmpty();
    }

    @Test
    void ratherThinksThanHeedsATemperature() {
        var tuning = tuning("haiku", wishes(null, 0.2, null, Effort.LOW));

        assertThat(tuning.extraBody()).isEmpty();
        assertThat(tuning.thinkingTokens()).isEqualTo(2048);
    }

    @Test
    void heedsATemperatureOfWhatNeedNotThink() {
        var tuning = tuning("haiku", wishes(null, 0.0, null, Effort.NONE));

        assertThat(tuning.extraBody()).isEqualTo(Map.of("temperature", 0.0));
    }

    @Test
    void leavesOutStopSequencesThatTheApiRefuses() {
        var wishes = new Wishes(null, null, null, List.of("END", "", "\n"), null, null);

        assertThat(tuning(wishes).extraBody()).isEqualTo(Map.of("stop_sequences", List.of("END")));
    }

    @ParameterizedTest
    @EnumSource(Toolbox.Kind.class)
    void doesNotThinkWhereAToolMustBeCalled(Toolbox.Kind kind) {
        var toolbox = new Toolbox(List.of(TOOL), new Toolbox.Choice(kind, null), true);
        var prompt = new Prompt("haiku", null, List.of(Said.user("Hi")), toolbox, Wishes.NONE);

        var isForced = kind == Toolbox.Kind.REQUIRED || kind == Toolbox.Kind.NAMED;
        assertThat(Tuning.of(prompt).thinkingTokens()).isEqualTo(isForced ? 0 : null);
    }

    private static Wishes wishes(
            @Nullable Integer maxTokens, @Nullable Double temperature, @Nullable Double topP, @Nullable Effort effort) {
        return new Wishes(maxTokens, temperature, topP, List.of(), effort, null);
    }

    private static Tuning tuning(Wishes wishes) {
        return tuning("claude-sonnet-5", wishes);
    }

    private static Tuning tuning(String model, Wishes wishes) {
        return Tuning.of(new Prompt(model, null, List.of(Said.user("Hi")), Toolbox.EMPTY, wishes));
    }
}

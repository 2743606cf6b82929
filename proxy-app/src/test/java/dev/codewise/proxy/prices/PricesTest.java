package dev.codewise.proxy.prices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.completion.CompletionEnded.Told;
import dev.codewise.proxy.completion.EndedRequest;
import dev.codewise.proxy.completion.ModelCatalogue;
import dev.codewise.proxy.completion.Usage;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PricesTest {

    private static final ModelCatalogue MODELS = new ModelCatalogue(Map.of("gpt-4o", "haiku"));

    private final Prices prices = prices("""
            date: 2026-01-31
            models:
              claude-haiku-4-5: {input: 1, output: 5, cacheRead: 0.1, cacheWrite: 1.25}
              claude-long: {input: 1, output: 2, cacheRead: 3, cacheWrite: 4,
                beyond: {tokens: 1000, input: 10, output: 20, cacheRead: 30, cacheWrite: 40}}
            """);

    @Test
    void countEachKindOfTokenOnceAndExactly() {
        assertThat(of("claude-haiku-4-5", new Usage(1_000_000, 200_000, 300_000, 40_000, 150_000)))
                .isEqualByComparingTo("2.08");
        assertThat(of("claude-haiku-4-5", new Usage(1, 0, 0, 0, 0))).isEqualByComparingTo("0.000001");
        assertThat(of("claude-haiku-4-5", new Usage(0, 0, 1, 0, 0))).isEqualByComparingTo("0.0000001");
    }

    @ParameterizedTest
    @ValueSource(strings = {"claude-haiku-4-5", "claude-haiku-4-5-20251001", "haiku", "gpt-4o"})
    void knowAModelByEachOfItsNames(String name) {
        assertThat(of(name, new Usage(1_000_000, 0, 0, 0, 0))).isEqualByComparingTo("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"claude-haiku-4", "claude-haiku-4-5-1", "claude-haiku-4-5-2025100", "sonnet", "gpt-5", ""})
    void sayNothingOfAModelThatIsNotThere(String name) {
        assertThat(prices.of(name, new Usage(1, 1, 1, 1, 1))).isEmpty();
    }

    @Test
    void takeTheOperatorsNamesForWhatWasAskedAndNotForWhatAnswered() {
        var usage = new Usage(1_000_000, 0, 0, 0, 0);
        var asked = EndedRequest.named("a").asking("gpt-4o").using(usage).build();
        var answered = EndedRequest.named("a")
                .telling(new Told(usage, null, "gpt-4o", null))
                .build();

        assertThat(prices.of(asked).orElseThrow()).isEqualByComparingTo("1");
        assertThat(prices.of(answered)).isEmpty();
    }

    @Test
    void countAWholeRequestByTheHigherPriceWhereItsPromptIsLong() {
        assertThat(of("claude-long", new Usage(400, 10_000, 300, 300, 0))).isEqualByComparingTo("0.0225");
        assertThat(of("claude-long", new Usage(401, 10_000, 300, 300, 0))).isEqualByComparingTo("0.22501");
    }

    @Test
    void knowWhatTheDearestModelWouldCost() {
        assertThat(prices.ofDearest(new Usage(1_000_000, 0, 0, 0, 0))).isEqualByComparingTo("10");
        assertThat(prices.ofDearest(new Usage(0, 1000, 0, 0, 0))).isEqualByComparingTo("0.005");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sonnet", "opus", "haiku"})
    void thatAreBuiltInKnowWhatTheAliasesStandFor(String alias) {
        var builtIn = new Prices(PriceFile.builtIn().tariffs(), MODELS);

        assertThat(builtIn.of(alias, new Usage(1, 1, 1, 1, 0)).orElseThrow()).isPositive();
    }

    private BigDecimal of(String model, Usage usage) {
        Optional<BigDecimal> cost = prices.of(model, usage);
        return cost.orElseThrow();
    }

    private static Prices prices(String yaml) {
        return new Prices(PriceFile.parse("a file", yaml).tariffs(), MODELS);
    }
}

package dev.codewise.proxy.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.completion.Answerer;
import dev.codewise.proxy.completion.CompletionEnded;
import dev.codewise.proxy.completion.CompletionEnded.Told;
import dev.codewise.proxy.completion.Demand;
import dev.codewise.proxy.completion.EndedRequest;
import dev.codewise.proxy.completion.Usage;
import dev.codewise.proxy.prices.SomePrices;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CostsTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Costs costs = new Costs(SomePrices.of("""
                    date: 2026-01-31
                    models:
                      claude-cheap: {input: 1, output: 10, cacheRead: 0.1, cacheWrite: 2}
                      claude-dear: {input: 10, output: 100, cacheRead: 1, cacheWrite: 20}
                    """), new LimitMetrics(meters));

    @Test
    void setAsideWhatTheAnswerMayTakeAndThePromptWhereItIsDearest() {
        assertThat(costs.atMost("claude-cheap", new Demand(1000, 100)))
                .isEqualTo(new Amount(1100, new BigDecimal("0.0030000")));
    }

    @Test
    void setAsideTheLongestAnswerOfTheModelWhereTheClientNamesNoLimit() {
        assertThat(costs.atMost("claude-3-haiku", new Demand(1000, null)).tokens())
                .isEqualTo(33_000);
    }

    @Test
    void takeAModelWithoutAPriceForTheDearest() {
        Amount estimate = costs.atMost("claude-unheard-of", new Demand(1000, 100));
        Amount used = costs.of(ended("claude-unheard-of", new Usage(1000, 100, 0, 0, 0), null), 100);

        assertThat(estimate.usd()).isEqualByComparingTo("0.03");
        assertThat(used.usd()).isEqualByComparingTo("0.02");
        assertThat(meters.get("codewise.limits.unpriced").counter().count()).isEqualTo(1);
    }

    @Test
    void takeWhatWhoeverAnsweredSaysItHasCost() {
        Amount used = costs.of(ended("claude-cheap", new Usage(1, 2, 3, 4, 5), "0.5"), 100);

        assertThat(used).isEqualTo(new Amount(10, new BigDecimal("0.5")));
    }

    @Test
    void countNothingButThatNobodyToldTheTokens() {
        Amount used = costs.of(ended("claude-cheap", null, null), 100);

        assertThat(used).isEqualTo(Amount.NOTHING);
        assertThat(meters.get("codewise.limits.untold").counter().count()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"2000, 1000, 600", "2000, 300, 400", "8, 1000, 102"})
    void takeWhatTheClientWasGivenOfAnAnswerThatWasCutOff(long bytes, int mostOutput, long tokens) {
        var request = EndedRequest.named("req_1")
                .asking("claude-cheap")
                .using(new Usage(100, 1, 0, 0, 0))
                .cutOffAfter(bytes)
                .build();

        assertThat(costs.of(request, mostOutput).tokens()).isEqualTo(tokens);
        assertThat(request.usage()).isEqualTo(new Usage(100, 1, 0, 0, 0));
    }

    private static CompletionEnded ended(String model, @Nullable Usage usage, @Nullable String costUsd) {
        return EndedRequest.named("req_1")
                .asking(model)
                .by(new Answerer("anthropic", null), 0)
                .telling(new Told(usage, null, model, costUsd == null ? null : new BigDecimal(costUsd)))
                .build();
    }
}

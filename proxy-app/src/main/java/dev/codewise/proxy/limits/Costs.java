package dev.codewise.proxy.limits;

import dev.codewise.proxy.completion.ClaudeModels;
import dev.codewise.proxy.completion.CompletionEnded;
import dev.codewise.proxy.completion.Demand;
import dev.codewise.proxy.completion.Generation;
import dev.codewise.proxy.completion.Usage;
import dev.codewise.proxy.prices.Prices;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What requests take of a budget. A model that has no price costs as much as the dearest that has one, so that a budget in dollars
 * may be spent too early and never too late.
 */
final class Costs {

    private final Prices prices;
    private final LimitMetrics metrics;

    Costs(Prices prices, LimitMetrics metrics) {
        this.prices = prices;
        this.metrics = metrics;
    }

    /** As if all of the prompt went into the cache, which costs most, and the answer got as long as it may. */
    Amount atMost(String model, Demand demand) {
        Integer wanted = demand.mostOutputTokens();
        int output = wanted == null ? longestAnswer(model) : wanted;
        var usage = new Usage(0, output, 0, demand.inputTokens(), 0);
        return new Amount(tokens(usage), prices.of(model, usage).orElseGet(() -> prices.ofDearest(usage)));
    }

    private static int longestAnswer(String model) {
        return Generation.of(ClaudeModels.fullName(model)).maxTokens();
    }

    /** What a request has taken, as far as somebody has told it. */
    Amount of(CompletionEnded request) {
        Usage usage = request.usage();
        if (usage == null && request.answeredBy() != null) {
            metrics.untold();
        }
        return new Amount(usage == null ? 0 : tokens(usage), prices.of(request).orElseGet(() -> unpriced(usage)));
    }

    private BigDecimal unpriced(@Nullable Usage usage) {
        if (usage == null) {
            return BigDecimal.ZERO;
        }
        metrics.unpriced();
        return prices.ofDearest(usage);
    }

    /** As in the total of an answer's usage. */
    private static long tokens(Usage usage) {
        return usage.allInput() + usage.output();
    }
}

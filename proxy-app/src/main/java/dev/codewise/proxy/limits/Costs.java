package dev.codewise.proxy.limits;

import dev.codewise.proxy.completion.ClaudeModels;
import dev.codewise.proxy.completion.CompletionEnded;
import dev.codewise.proxy.completion.Demand;
import dev.codewise.proxy.completion.Generation;
import dev.codewise.proxy.completion.Usage;
import dev.codewise.proxy.prices.Prices;
import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What requests take of a budget. A model that has no price costs as much as the dearest that has one, so that a budget in dollars
 * may be spent too early and never too late.
 */
final class Costs {

    private static final Usage NOTHING = new Usage(0, 0, 0, 0, 0);

    /** Of text in most languages. */
    private static final int BYTES_PER_TOKEN = 4;

    private final Prices prices;
    private final LimitMetrics metrics;

    Costs(Prices prices, LimitMetrics metrics) {
        this.prices = prices;
        this.metrics = metrics;
    }

    /** As if all of the prompt went into the cache, which costs most, and the answer got as long as it may. */
    Amount atMost(String model, Demand demand) {
        var usage = new Usage(0, longestAnswer(model, demand), 0, demand.inputTokens(), 0);
        return new Amount(tokens(usage), prices.of(model, usage).orElseGet(() -> prices.ofDearest(usage)));
    }

    static int longestAnswer(String model, Demand demand) {
        Integer wanted = demand.mostOutputTokens();
        return wanted == null ? Generation.of(ClaudeModels.fullName(model)).maxTokens() : wanted;
    }

    /**
     * What a request has taken, as far as somebody has told it. Of an answer that was cut off the client has had more than that,
     * which is taken from its length: else a key would have for nothing whatever it does not hear to the end.
     */
    Amount of(CompletionEnded request, int mostOutput) {
        if (request.usage() == null && request.answeredBy() != null) {
            metrics.untold();
        }
        return request.cutOffAfter() == 0 ? told(request) : told(request.using(cutOff(request, mostOutput)));
    }

    /** No more than the answer could have had, for what passes word for word has bytes that only hold the others. */
    private static Usage cutOff(CompletionEnded request, int mostOutput) {
        Usage told = Objects.requireNonNullElse(request.usage(), NOTHING);
        long given = Math.min(request.cutOffAfter() / BYTES_PER_TOKEN, mostOutput);
        long output = Math.max(told.output(), given);
        return new Usage(told.input(), output, told.cacheRead(), told.cacheWrite(), told.reasoning());
    }

    private Amount told(CompletionEnded request) {
        Usage usage = request.usage();
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

package dev.codewise.proxy.access;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What an operator has written about limits: a null lifts one, or all of them, and what is not named stays as it was. */
final class LimitsForm {

    private static final long MOST_REQUESTS = 1_000_000;
    /** Of a bucket that is refilled with more than one each nanosecond nobody can tell how full it is. */
    private static final long MOST_TOKENS_A_MINUTE = 10_000_000_000L;

    private static final long MOST_TOKENS = 1_000_000_000_000L;
    private static final BigDecimal MOST_USD = BigDecimal.valueOf(1_000_000_000);
    private static final int DECIMALS = 6;

    private final String path;
    private final JsonNode body;

    private LimitsForm(String path, JsonNode body, List<String> fields) {
        if (!body.isObject()) {
            throw KeyForm.wrong(
                    path, "must be an object with any of " + String.join(", ", fields) + ", or null for none");
        }
        KeyForm.requireKnown(path + ".", body, Set.copyOf(fields));
        this.path = path;
        this.body = body;
    }

    /** The limits that were there, with what is written here. */
    static KeyLimits read(JsonNode limits, KeyLimits before) {
        return limits.isNull() ? KeyLimits.NONE : of(limits).over(before);
    }

    private static LimitsForm of(JsonNode limits) {
        return new LimitsForm(
                "limits",
                limits,
                List.of("requestsPerMinute", "tokensPerMinute", "concurrentRequests", "perDay", "perMonth"));
    }

    private KeyLimits over(KeyLimits before) {
        return new KeyLimits(
                count("requestsPerMinute", before.requestsPerMinute(), MOST_REQUESTS),
                count("tokensPerMinute", before.tokensPerMinute(), MOST_TOKENS_A_MINUTE),
                count("concurrentRequests", before.concurrentRequests(), MOST_REQUESTS),
                budget("perDay", before.perDay()),
                budget("perMonth", before.perMonth()));
    }

    private @Nullable Budget budget(String field, @Nullable Budget before) {
        if (!body.has(field)) {
            return before;
        }
        JsonNode budget = body.path(field);
        return budget.isNull()
                ? null
                : new LimitsForm(path + "." + field, budget, List.of("tokens", "usd"))
                        .budget(before == null ? Budget.NONE : before);
    }

    private Budget budget(Budget before) {
        return new Budget(count("tokens", before.tokens(), MOST_TOKENS), usd(before.usd()));
    }

    private @Nullable Long count(String field, @Nullable Long before, long most) {
        if (!body.has(field)) {
            return before;
        }
        JsonNode count = body.path(field);
        if (count.isNull()) {
            return null;
        }
        if (!count.isIntegralNumber() || !count.canConvertToLong() || count.asLong() < 1 || count.asLong() > most) {
            throw KeyForm.wrong(
                    path + "." + field, "must be a whole number from 1 to " + most + ", or null for no limit");
        }
        return count.asLong();
    }

    private @Nullable BigDecimal usd(@Nullable BigDecimal before) {
        if (!body.has("usd")) {
            return before;
        }
        JsonNode usd = body.path("usd");
        if (usd.isNull()) {
            return null;
        }
        if (!isSum(usd)) {
            throw KeyForm.wrong(
                    path + ".usd",
                    "must be a number of US dollars such as 12.50, more than 0, at most " + MOST_USD.toPlainString()
                            + " and with no more than " + DECIMALS + " decimals, or null for no limit");
        }
        return usd.decimalValue();
    }

    private static boolean isSum(JsonNode usd) {
        return usd.isNumber() && Double.isFinite(usd.doubleValue()) && isSum(usd.decimalValue());
    }

    private static boolean isSum(BigDecimal usd) {
        return usd.signum() > 0
                && usd.compareTo(MOST_USD) <= 0
                && usd.stripTrailingZeros().scale() <= DECIMALS;
    }
}

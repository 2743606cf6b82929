package dev.codewise.proxy.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a key has come with its limits, by the names of those.
 *
 * @param concurrentRequests how many are under way
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LimitUse(
        @Nullable Rest requestsPerMinute,
        @Nullable Rest tokensPerMinute,
        int concurrentRequests,
        Expense perDay,
        Expense perMonth) {

    /** What is left just now, and in how long all of it is there again. */
    public record Rest(long remaining, String reset) {}

    /**
     * What was spent, in tokens and in dollars.
     *
     * @param reserved for requests that are under way
     * @param remaining of the budgets there are
     */
    public record Expense(Budget spent, Budget reserved, Budget remaining, Instant until) {}
}

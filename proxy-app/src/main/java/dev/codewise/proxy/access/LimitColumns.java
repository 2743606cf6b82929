package dev.codewise.proxy.access;

import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

/** The columns of a key's limits. */
final class LimitColumns {

    /** In the order of {@link #VALUES}. */
    static final String NAMES = """
            requests_per_minute, tokens_per_minute, concurrent_requests,
            day_tokens, day_usd, month_tokens, month_usd
            """;

    static final String VALUES = """
            :requestsPerMinute, :tokensPerMinute, :concurrentRequests, :dayTokens, :dayUsd, :monthTokens, :monthUsd
            """;

    private LimitColumns() {}

    static GenericExecuteSpec bind(GenericExecuteSpec sql, KeyLimits limits) {
        Budget day = orNone(limits.perDay());
        Budget month = orNone(limits.perMonth());
        return sql.bind("requestsPerMinute", count(limits.requestsPerMinute()))
                .bind("tokensPerMinute", count(limits.tokensPerMinute()))
                .bind("concurrentRequests", count(limits.concurrentRequests()))
                .bind("dayTokens", count(day.tokens()))
                .bind("dayUsd", sum(day.usd()))
                .bind("monthTokens", count(month.tokens()))
                .bind("monthUsd", sum(month.usd()));
    }

    private static Budget orNone(@Nullable Budget budget) {
        return budget == null ? Budget.NONE : budget;
    }

    private static Object count(@Nullable Long count) {
        return Parameters.in(R2dbcType.BIGINT, count);
    }

    private static Object sum(@Nullable BigDecimal sum) {
        return Parameters.in(R2dbcType.NUMERIC, sum);
    }

    static KeyLimits read(Readable row) {
        return new KeyLimits(
                row.get("requests_per_minute", Long.class),
                row.get("tokens_per_minute", Long.class),
                row.get("concurrent_requests", Long.class),
                new Budget(row.get("day_tokens", Long.class), row.get("day_usd", BigDecimal.class)),
                new Budget(row.get("month_tokens", Long.class), row.get("month_usd", BigDecimal.class)));
    }
}

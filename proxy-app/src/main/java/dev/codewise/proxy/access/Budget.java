package dev.codewise.proxy.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What may be spent in a while, in tokens, in US dollars or in both; what is absent is not limited. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Budget(@Nullable Long tokens, @Nullable BigDecimal usd) {

    static final Budget NONE = new Budget(null, null);

    boolean isNone() {
        return equals(NONE);
    }

    @Override
    public String toString() {
        String inTokens = tokens == null ? "" : tokens + " tokens";
        String inUsd = usd == null ? "" : usd.toPlainString() + " USD";
        return inTokens + (tokens == null || usd == null ? "" : " and ") + inUsd;
    }
}

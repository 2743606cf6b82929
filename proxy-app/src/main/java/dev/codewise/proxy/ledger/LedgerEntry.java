package dev.codewise.proxy.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.codewise.proxy.ledger.Usages.Tokens;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One request, as the ledger keeps it; what is not known of it is absent. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LedgerEntry(
        String id,
        Instant startedAt,
        @Nullable Instant firstPieceAt,
        Instant endedAt,
        @Nullable String key,
        @Nullable String owner,
        @Nullable String surface,
        String askedModel,
        @Nullable String model,
        @Nullable String provider,
        @Nullable String agent,
        String outcome,
        @Nullable String finishReason,
        @Nullable Integer retries,
        @Nullable Tokens tokens,
        @Nullable BigDecimal costUsd) {}

package dev.codewise.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** The tokens of one run as the model counted them; {@code inputTokens} leaves the cached ones out. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunUsage(
        @Nullable Long inputTokens,
        @Nullable Long outputTokens,
        @Nullable Long cacheReadTokens,
        @Nullable Long cacheWriteTokens,
        @Nullable Long reasoningTokens) {}

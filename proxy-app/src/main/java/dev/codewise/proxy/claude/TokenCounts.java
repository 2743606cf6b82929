package dev.codewise.proxy.claude;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.codewise.proxy.completion.Usage;
import org.jspecify.annotations.Nullable;

/** What the API has counted so far; totals, so that a later one replaces an earlier one where it says anything. */
record TokenCounts(
        @JsonProperty("input_tokens") @Nullable Long input,
        @JsonProperty("output_tokens") @Nullable Long output,
        @JsonProperty("cache_read_input_tokens") @Nullable Long cacheRead,

        @JsonProperty("cache_creation_input_tokens") @Nullable
        Long cacheWrite,

        @JsonProperty("output_tokens_details") @Nullable Details details) {

    static final TokenCounts NONE = new TokenCounts(null, null, null, null, null);

    record Details(
            @JsonProperty("thinking_tokens") @Nullable Long thinking) {}

    TokenCounts updatedBy(@Nullable TokenCounts later) {
        return later == null
                ? this
                : new TokenCounts(
                        either(later.input, input),
                        either(later.output, output),
                        either(later.cacheRead, cacheRead),
                        either(later.cacheWrite, cacheWrite),
                        either(later.details, details));
    }

    /** The usage, unless the API has left out what it stands on. */
    @Nullable
    Usage usage() {
        if (input == null || output == null) {
            return null;
        }
        return new Usage(input, output, orZero(cacheRead), orZero(cacheWrite), thinking());
    }

    private long thinking() {
        return details == null ? 0 : orZero(details.thinking);
    }

    private static long orZero(@Nullable Long count) {
        return count == null ? 0 : count;
    }

    private static <T> @Nullable T either(@Nullable T first, @Nullable T second) {
        return first == null ? second : first;
    }
}

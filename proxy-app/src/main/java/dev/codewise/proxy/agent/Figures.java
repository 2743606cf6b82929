package dev.codewise.proxy.agent;

import dev.codewise.protocol.RunUsage;
import dev.codewise.proxy.completion.Usage;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an agent says of itself in figures and names, where it can be true; nothing else gets into books and answers. */
final class Figures {

    private static final long MOST_TOKENS = 1_000_000_000;
    private static final BigDecimal MOST_DOLLARS = BigDecimal.valueOf(1_000_000);
    private static final int MOST_DECIMALS = 18;
    private static final String NAME = "[\\x21-\\x7e]{1,128}";

    private Figures() {}

    /** Only the whole of it: half a count would be taken for all. */
    static @Nullable Usage usage(@Nullable RunUsage told) {
        if (told == null || told.inputTokens() == null || told.outputTokens() == null) {
            return null;
        }
        var usage = new Usage(
                told.inputTokens(),
                told.outputTokens(),
                orZero(told.cacheReadTokens()),
                orZero(told.cacheWriteTokens()),
                orZero(told.reasoningTokens()));
        return canBeTrue(usage) ? usage : null;
    }

    private static long orZero(@Nullable Long tokens) {
        return tokens == null ? 0 : tokens;
    }

    private static boolean canBeTrue(Usage usage) {
        return Stream.of(usage.input(), usage.output(), usage.cacheRead(), usage.cacheWrite(), usage.reasoning())
                .allMatch(tokens -> tokens >= 0 && tokens <= MOST_TOKENS);
    }

    /** Not one with an exponent that would fill pages either. */
    static @Nullable BigDecimal dollars(@Nullable BigDecimal told) {
        return Optional.ofNullable(told)
                .filter(cost -> cost.signum() >= 0 && cost.compareTo(MOST_DOLLARS) <= 0)
                .filter(cost -> Math.abs((long) cost.scale()) <= MOST_DECIMALS)
                .orElse(null);
    }

    static @Nullable String model(@Nullable String told) {
        return Optional.ofNullable(told).filter(name -> name.matches(NAME)).orElse(null);
    }
}

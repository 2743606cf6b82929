package dev.codewise.proxy.prices;

import dev.codewise.proxy.completion.Usage;
import java.math.BigDecimal;

/** What a million tokens of each kind cost in US dollars; those that a model thinks with are output like all others. */
record Price(BigDecimal input, BigDecimal output, BigDecimal cacheRead, BigDecimal cacheWrite) {

    BigDecimal of(Usage usage) {
        return part(usage.input(), input)
                .add(part(usage.output(), output))
                .add(part(usage.cacheRead(), cacheRead))
                .add(part(usage.cacheWrite(), cacheWrite));
    }

    private static BigDecimal part(long tokens, BigDecimal ofAMillion) {
        return ofAMillion.multiply(BigDecimal.valueOf(tokens)).movePointLeft(6);
    }
}

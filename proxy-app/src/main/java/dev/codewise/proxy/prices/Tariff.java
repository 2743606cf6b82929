package dev.codewise.proxy.prices;

import dev.codewise.proxy.completion.Usage;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The price of one model, and the one that holds for the whole of a request whose prompt is long, where it has such. */
record Tariff(Price usual, @Nullable Beyond beyond) {

    /** The price of requests that bring more input than that, cached or not. */
    record Beyond(long tokens, Price price) {}

    BigDecimal of(Usage usage) {
        return (beyond == null || usage.allInput() <= beyond.tokens ? usual : beyond.price).of(usage);
    }
}

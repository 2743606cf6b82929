package dev.codewise.proxy.limits;

import java.math.BigDecimal;

/** So many tokens, and what they cost in US dollars. */
record Amount(long tokens, BigDecimal usd) {

    static final Amount NOTHING = new Amount(0, BigDecimal.ZERO);

    BigDecimal in(Unit unit) {
        return switch (unit) {
            case TOKENS -> BigDecimal.valueOf(tokens);
            case USD -> usd;
        };
    }

    Amount plus(Amount other) {
        return new Amount(tokens + other.tokens, usd.add(other.usd));
    }
}

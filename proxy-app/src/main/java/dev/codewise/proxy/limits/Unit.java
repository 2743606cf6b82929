package dev.codewise.proxy.limits;

import java.math.BigDecimal;

/** What budgets are counted in. */
enum Unit {
    TOKENS,
    USD;

    String words(BigDecimal amount) {
        return switch (this) {
            case TOKENS -> amount + " tokens";
            case USD -> amount.stripTrailingZeros().toPlainString() + " US dollars";
        };
    }
}

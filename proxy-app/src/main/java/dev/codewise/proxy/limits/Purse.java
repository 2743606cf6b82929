package dev.codewise.proxy.limits;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What may be spent in one unit and one spell: what is gone by now, and what is set aside for requests that are under way. It is
 * full again with each new spell; what is under way then is spent in the one in which it ends. Whoever uses it holds its lock.
 */
final class Purse {

    private final Spell spell;
    private final Unit unit;
    private @Nullable BigDecimal limit;
    private Instant beginning = Instant.MIN;
    private BigDecimal earlier = BigDecimal.ZERO;
    private BigDecimal spent = BigDecimal.ZERO;
    private BigDecimal reserved = BigDecimal.ZERO;

    Purse(Spell spell, Unit unit) {
        this.spell = spell;
        this.unit = unit;
    }

    Spell spell() {
        return spell;
    }

    Unit unit() {
        return unit;
    }

    /** None where nothing limits it; it is counted all the same. */
    void limitTo(@Nullable BigDecimal other) {
        limit = other;
    }

    void comeTo(Instant now) {
        Instant current = spell.beginning(now);
        if (!current.equals(beginning)) {
            beginning = current;
            earlier = BigDecimal.ZERO;
            spent = BigDecimal.ZERO;
        }
    }

    /** What the ledger tells of the time before anybody counted here, in place of what it told before. */
    void spentEarlier(Spent told, Instant asOf) {
        if (spell.beginning(asOf).equals(beginning)) {
            earlier = told.in(spell).in(unit);
        }
    }

    boolean isSpent() {
        return limit != null && spent().compareTo(limit) >= 0;
    }

    /** Whether so much is left, beside all that is set aside. */
    boolean holds(Amount amount) {
        return limit == null || spent().add(reserved).add(amount.in(unit)).compareTo(limit) <= 0;
    }

    void reserve(Amount estimate) {
        reserved = reserved.add(estimate.in(unit));
    }

    void settle(Amount estimate, Amount used) {
        reserved = reserved.subtract(estimate.in(unit));
        spent = spent.add(used.in(unit));
    }

    BigDecimal spent() {
        return earlier.add(spent);
    }

    BigDecimal reserved() {
        return reserved;
    }

    /** Nothing where there is no limit. */
    @Nullable
    BigDecimal remaining() {
        return limit == null ? null : limit.subtract(spent()).max(BigDecimal.ZERO);
    }

    /** What to tell somebody for whom nothing is left. */
    LimitReached refusal(Instant now) {
        Instant end = spell.end(now);
        String sentence = "This key's budget of " + unit.words(limit == null ? spent() : limit) + " a " + spell
                + " is spent. The next " + spell + " begins at " + end + ".";
        return new LimitReached(Limit.BUDGET_SPENT, sentence, Duration.between(now, end));
    }
}

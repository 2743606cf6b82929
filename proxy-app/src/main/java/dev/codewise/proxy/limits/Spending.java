package dev.codewise.proxy.limits;

import dev.codewise.proxy.access.Budget;
import dev.codewise.proxy.access.KeyLimits;
import dev.codewise.proxy.access.LimitUse.Expense;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a key spends: set aside before a request as much as it may take, and settled after it by what it took. What is spent and
 * set aside stays within every limit; only a request that has the key to itself may go although it may take more than is left, as
 * long as something is. So whatever comes at once, at most one goes beyond.
 */
final class Spending {

    /** Nobody knows when one of those that are under way is over. */
    private static final Duration SOON = Duration.ofSeconds(1);

    /** What is set aside for one request, and from where. */
    record Reservation(
            Spending from, Amount estimate, @Nullable Rate rate, long taken) {

        void settle(Amount used) {
            from.settle(this, used);
        }
    }

    private final LimitTime time;

    /** Those that take longer to be full again come first. */
    private final List<Purse> purses = Stream.of(Spell.MONTH, Spell.DAY)
            .flatMap(spell -> Stream.of(Unit.values()).map(unit -> new Purse(spell, unit)))
            .toList();

    private @Nullable Rate rate;
    private int underWay;

    Spending(LimitTime time) {
        this.time = time;
    }

    synchronized void limitTo(KeyLimits limits) {
        rate = Rate.of(limits.tokensPerMinute(), rate, time.minutes());
        for (Purse purse : purses) {
            purse.limitTo(limit(purse.spell() == Spell.DAY ? limits.perDay() : limits.perMonth(), purse.unit()));
        }
    }

    private static @Nullable BigDecimal limit(@Nullable Budget budget, Unit unit) {
        if (budget == null) {
            return null;
        }
        return switch (unit) {
            case TOKENS -> budget.tokens() == null ? null : BigDecimal.valueOf(budget.tokens());
            case USD -> budget.usd();
        };
    }

    /** Of the day and the month of that time. */
    synchronized void spentEarlier(Spent told, Instant asOf) {
        comeToNow();
        purses.forEach(purse -> purse.spentEarlier(told, asOf));
    }

    /** Fails with {@link LimitReached} where it may not begin. */
    synchronized Reservation reserve(Amount estimate) {
        refuseWhereSpent(comeToNow());
        boolean alone = underWay == 0;
        if (!alone && !purses.stream().allMatch(purse -> purse.holds(estimate))) {
            throw new LimitReached(
                    Limit.BUDGET_RESERVED,
                    "What is left of this key's budget is set aside for its requests that are under way.",
                    SOON);
        }
        long taken = rate == null ? 0 : taken(rate, estimate.tokens(), alone);
        purses.forEach(purse -> purse.reserve(estimate));
        underWay++;
        return new Reservation(this, estimate, rate, taken);
    }

    private Instant comeToNow() {
        Instant now = time.days().instant();
        purses.forEach(purse -> purse.comeTo(now));
        return now;
    }

    private void refuseWhereSpent(Instant now) {
        Optional<Purse> spent = purses.stream().filter(Purse::isSpent).findFirst();
        if (spent.isPresent()) {
            throw spent.get().refusal(now);
        }
    }

    /** Whoever has the key to himself takes what is there, and owes the rest. */
    private static long taken(Rate rate, long tokens, boolean alone) {
        Duration wait = rate.take(tokens);
        if (wait.isZero()) {
            return tokens;
        }
        long rest = alone ? rate.takeRest() : 0;
        if (rest == 0) {
            throw new LimitReached(
                    Limit.TOKENS_PER_MINUTE,
                    "This key may use " + rate.limit() + " tokens a minute.",
                    alone ? rate.until(1) : Collections.min(List.of(wait, SOON)));
        }
        return rest;
    }

    /** Of what nothing was set aside for. */
    synchronized void spend(Amount used) {
        comeToNow();
        purses.forEach(purse -> purse.settle(Amount.NOTHING, used));
        if (rate != null) {
            rate.settle(0, used.tokens());
        }
    }

    private synchronized void settle(Reservation reservation, Amount used) {
        comeToNow();
        underWay--;
        purses.forEach(purse -> purse.settle(reservation.estimate, used));
        if (reservation.rate != null) {
            reservation.rate.settle(reservation.taken, used.tokens());
        }
    }

    synchronized Expense expense(Spell spell) {
        Instant now = comeToNow();
        return new Expense(
                sums(spell, Purse::spent), sums(spell, Purse::reserved), sums(spell, Purse::remaining), spell.end(now));
    }

    private Budget sums(Spell spell, Function<Purse, @Nullable BigDecimal> sum) {
        BigDecimal tokens = sum.apply(purse(spell, Unit.TOKENS));
        BigDecimal usd = sum.apply(purse(spell, Unit.USD));
        return new Budget(tokens == null ? null : tokens.longValue(), usd);
    }

    private Purse purse(Spell spell, Unit unit) {
        return purses.stream()
                .filter(purse -> purse.spell() == spell && purse.unit() == unit)
                .findFirst()
                .orElseThrow();
    }

    synchronized @Nullable Rate rate() {
        return rate;
    }
}

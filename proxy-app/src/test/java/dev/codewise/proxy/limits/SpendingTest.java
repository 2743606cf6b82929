package dev.codewise.proxy.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.codewise.proxy.access.Budget;
import dev.codewise.proxy.access.KeyLimits;
import dev.codewise.proxy.limits.Spending.Reservation;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SpendingTest {

    private final MovableTime time = MovableTime.at("2030-01-31T23:00:00Z");
    private final Spending spending = new Spending(time.time());

    @Nested
    class OfABudget {

        @Test
        void goesOnUntilNothingIsLeft() {
            perDay(100L, null);

            spend(60, 60);
            spend(40, 40);

            assertThat(refusal(1).limit()).isEqualTo(Limit.BUDGET_SPENT);
        }

        @Test
        void setsAsideWhatARequestMayTake() {
            perDay(100L, null);

            spending.reserve(tokens(60));
            LimitReached reached = refusal(41);
            spending.reserve(tokens(40));

            assertThat(reached.limit()).isEqualTo(Limit.BUDGET_RESERVED);
            assertThat(reached.howLong()).isEqualTo(Duration.ofSeconds(1));
        }

        @Test
        void letsOneGoBeyondThatHasTheKeyToItself() {
            perDay(100L, null);

            Reservation large = spending.reserve(tokens(5000));
            LimitReached beside = refusal(1);
            large.settle(tokens(101));

            assertThat(beside.limit()).isEqualTo(Limit.BUDGET_RESERVED);
            assertThat(refusal(1).limit()).isEqualTo(Limit.BUDGET_SPENT);
        }

        @Test
        void getsBackWhatARequestDidNotTake() {
            perDay(100L, null);

            spend(5000, 10);

            spending.reserve(tokens(90));
            assertThat(refusal(1).limit()).isEqualTo(Limit.BUDGET_RESERVED);
        }

        @Test
        void saysWhichIsSpentAndWhenTheNextOneBegins() {
            perDay(100L, null);
            spend(100, 100);

            LimitReached reached = refusal(1);

            assertThat(reached)
                    .hasMessage("This key's budget of 100 tokens a day is spent. The next day begins at"
                            + " 2030-02-01T00:00:00Z.");
            assertThat(reached.howLong()).isEqualTo(Duration.ofHours(1));
        }

        @Test
        void beginsAnewWithEachDayAndEachMonth() {
            spending.limitTo(new KeyLimits(null, null, null, new Budget(10L, null), new Budget(25L, null)));
            spend(10, 10);
            time.pass(Duration.ofHours(1)); // February
            spend(10, 10);
            LimitReached secondOnOneDay = refusal(1);
            time.pass(Duration.ofDays(1));
            spend(10, 15);
            time.pass(Duration.ofDays(1));

            assertThat(secondOnOneDay.getMessage()).contains("10 tokens a day");
            assertThat(refusal(1))
                    .hasMessage("This key's budget of 25 tokens a month is spent. The next month begins at"
                            + " 2030-03-01T00:00:00Z.");
        }

        @Test
        void spendsWhatIsUnderWayAtMidnightInTheDayInWhichItEnds() {
            perDay(100L, null);
            Reservation late = spending.reserve(tokens(100));

            time.pass(Duration.ofHours(2));
            late.settle(tokens(100));

            assertThat(refusal(1).howLong()).isEqualTo(Duration.ofHours(23));
        }

        @Test
        void isCountedInDollarsToo() {
            perDay(null, "0.25");

            spending.reserve(new Amount(1, new BigDecimal("0.20"))).settle(new Amount(1, new BigDecimal("0.25")));

            assertThat(refusal(1).getMessage()).startsWith("This key's budget of 0.25 US dollars a day is spent.");
        }

        @Test
        void countsWhatTheLedgerTellsOfEarlierOnceHoweverOftenItIsTold() {
            perDay(100L, null);
            Spent told = new Spent(tokens(60), tokens(60));

            spending.spentEarlier(told, time.instant());
            spending.spentEarlier(told, time.instant());
            spend(39, 39);

            spending.reserve(tokens(1)).settle(tokens(1));
            assertThat(refusal(1).limit()).isEqualTo(Limit.BUDGET_SPENT);
        }

        @Test
        void forgetsWhatTheLedgerToldOfADayThatIsOver() {
            perDay(100L, null);
            var before = time.instant();

            time.pass(Duration.ofHours(2));
            spending.spentEarlier(new Spent(tokens(100), tokens(100)), before);

            spend(100, 100);
        }

        @Test
        void holdsForWhatWasSpentBeforeItWasSet() {
            spend(80, 80);

            perDay(80L, null);

            assertThat(refusal(1).limit()).isEqualTo(Limit.BUDGET_SPENT);
        }

        @Test
        void countsWhatNothingWasSetAsideForToo() {
            perDay(100L, null);

            spending.spend(tokens(100));

            assertThat(refusal(1).limit()).isEqualTo(Limit.BUDGET_SPENT);
        }

        @Test
        void holdsNothingUpOnceItIsLifted() {
            perDay(10L, null);
            spend(10, 10);

            spending.limitTo(KeyLimits.NONE);

            spend(1000, 1000);
        }
    }

    @Nested
    class OfTokensAMinute {

        @Test
        void takesWhatARequestMayTakeAndGivesBackTheRest() {
            perMinute(600);

            Reservation one = spending.reserve(tokens(600));
            LimitReached beside = refusal(10);
            one.settle(tokens(100));

            assertThat(beside.limit()).isEqualTo(Limit.TOKENS_PER_MINUTE);
            assertThat(beside.howLong()).isEqualTo(Duration.ofSeconds(1));
            assertThat(rate().remaining()).isEqualTo(500);
        }

        @Test
        void letsOneGoBeyondThatHasTheKeyToItselfAndWaitsUntilThatIsMadeUp() {
            perMinute(600);

            spend(5000, 660);
            LimitReached reached = refusal(10);
            time.pass(reached.howLong());

            assertThat(reached.howLong()).isEqualTo(Duration.ofMillis(6100));
            spend(5000, 1);
        }

        @Test
        void leavesTheBudgetAloneWhereItRefuses() {
            spending.limitTo(new KeyLimits(null, 600L, null, new Budget(700L, null), null));
            spending.reserve(tokens(600));

            refusal(10);

            assertThat(spending.expense(Spell.DAY).reserved().tokens()).isEqualTo(600);
        }

        private Rate rate() {
            return Objects.requireNonNull(spending.rate());
        }
    }

    private void perDay(@Nullable Long tokens, @Nullable String usd) {
        var budget = new Budget(tokens, usd == null ? null : new BigDecimal(usd));
        spending.limitTo(new KeyLimits(null, null, null, budget, null));
    }

    private void perMinute(long tokens) {
        spending.limitTo(new KeyLimits(null, tokens, null, null, null));
    }

    private void spend(long estimate, long used) {
        spending.reserve(tokens(estimate)).settle(tokens(used));
    }

    private LimitReached refusal(long estimate) {
        return catchThrowableOfType(LimitReached.class, () -> spending.reserve(tokens(estimate)));
    }

    private static Amount tokens(long tokens) {
        return new Amount(tokens, BigDecimal.ZERO);
    }
}

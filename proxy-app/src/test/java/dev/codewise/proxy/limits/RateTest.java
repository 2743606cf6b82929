package dev.codewise.proxy.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RateTest {

    private static final Duration A_SECOND = Duration.ofSeconds(1);

    private final MovableTime time = MovableTime.at("2030-01-01T00:00:00Z");
    private final Rate rate = new Rate(60, time);

    @Test
    void givesAMinutesWorthAtOnceAndThenOneAfterTheOther() {
        Duration all = rate.take(60);
        Duration oneMore = rate.take(1);
        time.pass(A_SECOND);

        assertThat(all).isZero();
        assertThat(oneMore).isEqualTo(A_SECOND);
        assertThat(rate.take(1)).isZero();
        assertThat(rate.take(1)).isEqualTo(A_SECOND);
    }

    @Test
    void saysExactlyHowLongToWait() {
        rate.take(60);
        time.pass(Duration.ofMillis(300));

        assertThat(rate.take(1)).isEqualTo(Duration.ofMillis(700));
        assertThat(rate.until(10)).isEqualTo(Duration.ofMillis(9700));
        assertThat(rate.untilFull()).isEqualTo(Duration.ofMillis(59_700));
    }

    @Test
    void isRefilledFirstWhereMoreWasUsedThanTaken() {
        rate.take(60);

        rate.settle(60, 90);

        assertThat(rate.remaining()).isZero();
        assertThat(rate.until(1)).isEqualTo(Duration.ofSeconds(31));
    }

    @Test
    void getsBackWhatWasNotUsed() {
        rate.take(60);

        rate.settle(60, 10);

        assertThat(rate.remaining()).isEqualTo(50);
    }

    @Test
    void neverHoldsMoreThanAMinutesWorth() {
        rate.take(10);
        time.pass(Duration.ofHours(1));

        rate.settle(10, 0);

        assertThat(rate.remaining()).isEqualTo(60);
        assertThat(rate.untilFull()).isZero();
    }

    @Test
    void holdsTheLargestLimitThatAKeyMayHave() {
        var large = new Rate(10_000_000_000L, time);

        large.take(10_000_000_000L);
        large.settle(10_000_000_000L, 20_000_000_000L);

        assertThat(large.until(1)).isBetween(Duration.ofMinutes(1), Duration.ofSeconds(61));
        assertThat(large.untilFull()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void goesOnWithWhatWasUsedWhereTheLimitIsAnotherOne() {
        rate.take(50);

        assertThat(Rate.of(60L, rate, time)).isSameAs(rate);
        Rate doubled = Rate.of(120L, rate, time);
        assertThat(doubled).extracting(Rate::remaining).isEqualTo(20L);
        assertThat(Rate.of(60L, doubled, time)).extracting(Rate::remaining).isEqualTo(10L);
    }

    @Test
    void owesOnWhereTheLimitIsAnotherOne() {
        rate.take(60);
        rate.settle(60, 180);

        Rate other = Objects.requireNonNull(Rate.of(70L, rate, time));

        assertThat(other.remaining()).isZero();
        assertThat(other.until(1)).isGreaterThan(Duration.ofMinutes(1));
        assertThat(Rate.of(null, rate, time)).isNull();
    }
}

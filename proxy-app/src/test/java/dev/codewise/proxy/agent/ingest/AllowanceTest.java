package dev.codewise.proxy.agent.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AllowanceTest {

    private final AtomicLong now = new AtomicLong(-1_000);
    private final Allowance allowance = new Allowance(now::get);

    @Test
    void allowsWhatWasSavedUpAtOnceAndNoMore() {
        assertThat(allowance.take(Allowance.SAVED_UP)).isTrue();
        assertThat(allowance.take(1)).isFalse();
    }

    @Test
    void growsWithTimeUpToWhatCanBeSaved() {
        allowance.take(Allowance.SAVED_UP);

        pass(Duration.ofSeconds(1));
        assertThat(allowance.take(Allowance.PER_SECOND)).isTrue();
        assertThat(allowance.take(1)).isFalse();

        pass(Duration.ofHours(1));
        assertThat(allowance.take(Allowance.SAVED_UP + 1)).isFalse();
        assertThat(allowance.take(Allowance.SAVED_UP)).isTrue();
    }

    @Test
    void saysHowLongToWaitToWhoeverCanBeSlowedDown() {
        assertThat(allowance.takeInAdvance()).isZero();
        allowance.take(Allowance.SAVED_UP - 1);

        assertThat(allowance.takeInAdvance()).isEqualTo(Duration.ofMillis(2));
        pass(Duration.ofMillis(2));
        assertThat(allowance.takeInAdvance()).isEqualTo(Duration.ofMillis(2));
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}

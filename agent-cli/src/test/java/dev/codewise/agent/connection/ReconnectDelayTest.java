package dev.codewise.agent.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReconnectDelayTest {

    @Test
    void doublesUpToHalfAMinute() {
        var delays = new ReconnectDelay(() -> 1);

        assertThat(Stream.generate(() -> delays.afterConnectionOf(Duration.ZERO).toMillis())
                        .limit(7))
                .containsExactly(1000L, 2000L, 4000L, 8000L, 16000L, 30000L, 30000L);
    }

    @Test
    void isHalvedAtMostByJitter() {
        assertThat(new ReconnectDelay(() -> 0).afterConnectionOf(Duration.ZERO)).isEqualTo(Duration.ofMillis(500));
        assertThat(new ReconnectDelay(() -> 0.5).afterConnectionOf(Duration.ZERO))
                .isEqualTo(Duration.ofMillis(750));
    }

    @Test
    void startsAnewAfterAMinuteOfConnection() {
        var delays = new ReconnectDelay(() -> 1);
        delays.afterConnectionOf(Duration.ZERO);
        delays.afterConnectionOf(Duration.ofSeconds(59));

        assertThat(delays.afterConnectionOf(Duration.ofSeconds(60))).isEqualTo(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @CsvSource({"10, 10", "0, 0", "9999, 30", "'', 0", "soon, 0", "-1, 0", "99999999999999999999, 0"})
    void heedsWhatTheProxyAsksForWithinReason(String retryAfter, long seconds) {
        assertThat(ReconnectDelay.asked(retryAfter)).isEqualTo(Duration.ofSeconds(seconds));
    }
}

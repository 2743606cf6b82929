package dev.codewise.proxy.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitHeadersTest {

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0s",
        "PT0.0000001S, 1ms",
        "PT0.25S, 250ms",
        "PT0.9991S, 1s",
        "PT1S, 1s",
        "PT1.5S, 1.5s",
        "PT59.700S, 59.7s",
        "PT60S, 1m0s",
        "PT6M0S, 6m0s",
        "PT6M30.010S, 6m30.01s",
        "PT1H, 1h0m0s",
        "PT25H1M1S, 25h1m1s"
    })
    void saysHowLongInOpenAisWords(Duration wait, String words) {
        assertThat(LimitHeaders.words(wait)).isEqualTo(words);
    }
}

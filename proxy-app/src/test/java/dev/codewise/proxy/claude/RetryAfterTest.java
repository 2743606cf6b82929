package dev.codewise.proxy.claude;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.250Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "retry-after    | 7                             | PT7S",
                "Retry-After    | 0                             | PT0S",
                "retry-after-ms | 1500                          | PT1.5S",
                "retry-after    | Fri, 02 Jan 2026 03:04:15 GMT | PT9.75S"
            })
    void isReadInEachWayInWhichItMayBeSaid(String name, String value, Duration wait) {
        assertThat(in(name, value)).hasValue(wait);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "-1",
                "1.5",
                "86401",
                "99999999999999999999",
                "Fri, 02 Jan 2026 03:04:05 GMT",
                "Sat, 02 Jan 2027 03:04:05 GMT"
            })
    void isNothingWhereItMakesNoSense(String value) {
        assertThat(in("retry-after", value)).isEmpty();
    }

    @Test
    void isTheMoreExactOneOfTwo() {
        var headers = new HttpHeaders();
        headers.set("retry-after", "2");
        headers.set("retry-after-ms", "1200");

        assertThat(RetryAfter.in(headers, NOW)).hasValue(Duration.ofMillis(1200));
    }

    @Test
    void isNothingWhereNothingIsSaid() {
        assertThat(RetryAfter.in(new HttpHeaders(), NOW)).isEmpty();
    }

    private static Optional<Duration> in(String name, String value) {
        var headers = new HttpHeaders();
        headers.set(name, value);
        return RetryAfter.in(headers, NOW);
    }
}

package dev.codewise.proxy.claude;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;

/** When the API wants to be asked again, in the first of the three ways in which it may say so that makes sense. */
final class RetryAfter {

    private static final String EXACTLY = "retry-after-ms";
    private static final Duration LONGEST = Duration.ofDays(1);

    private RetryAfter() {}

    static Optional<Duration> in(HttpHeaders headers, Instant now) {
        return Stream.of(millis(headers), seconds(headers), date(headers, now))
                .flatMap(Optional::stream)
                .filter(wait -> !wait.isNegative() && wait.compareTo(LONGEST) <= 0)
                .findFirst();
    }

    private static Optional<Duration> millis(HttpHeaders headers) {
        return number(headers, EXACTLY).map(Duration::ofMillis);
    }

    private static Optional<Duration> seconds(HttpHeaders headers) {
        return number(headers, HttpHeaders.RETRY_AFTER).map(Duration::ofSeconds);
    }

    private static Optional<Long> number(HttpHeaders headers, String name) {
        return Optional.ofNullable(headers.getFirst(name))
                .map(String::strip)
                .filter(digits -> digits.matches("[0-9]{1,9}"))
                .map(Long::parseLong);
    }

    private static Optional<Duration> date(HttpHeaders headers, Instant now) {
        try {
            return Optional.ofNullable(headers.getFirstZonedDateTime(HttpHeaders.RETRY_AFTER))
                    .map(date -> Duration.between(now, date.toInstant()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

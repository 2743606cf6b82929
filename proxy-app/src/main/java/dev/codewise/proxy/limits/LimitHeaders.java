package dev.codewise.proxy.limits;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** The headers that tell a client how far it has come, by OpenAI's names and in OpenAI's words for durations. */
final class LimitHeaders {

    private static final Duration ALMOST_A_MILLISECOND = Duration.ofNanos(999_999);

    private LimitHeaders() {}

    static void write(Account account, HttpHeaders headers) {
        write("requests", account.turnstile().rate(), headers);
        write("tokens", account.spending().rate(), headers);
    }

    private static void write(String what, @Nullable Rate rate, HttpHeaders headers) {
        if (rate != null) {
            headers.set("x-ratelimit-limit-" + what, Long.toString(rate.limit()));
            headers.set("x-ratelimit-remaining-" + what, Long.toString(rate.remaining()));
            headers.set("x-ratelimit-reset-" + what, words(rate.untilFull()));
        }
    }

    /** Such as 0s, 250ms, 1s, 1.5s, 6m0s or 1h0m0s; never too short. */
    static String words(Duration wait) {
        Duration rounded = Duration.ofMillis(wait.plus(ALMOST_A_MILLISECOND).toMillis());
        if (!rounded.isZero() && rounded.toSeconds() == 0) {
            return rounded.toMillis() + "ms";
        }
        String hours = rounded.toHours() == 0 ? "" : rounded.toHours() + "h";
        String minutes = rounded.toMinutes() == 0 ? "" : rounded.toMinutesPart() + "m";
        return hours + minutes + seconds(rounded);
    }

    private static String seconds(Duration rounded) {
        var seconds = BigDecimal.valueOf(rounded.toSecondsPart() * 1000L + rounded.toMillisPart(), 3);
        return (seconds.signum() == 0 ? "0" : seconds.stripTrailingZeros().toPlainString()) + "s";
    }
}

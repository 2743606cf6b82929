package dev.codewise.agent.connection;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/** How long to wait before the next attempt: doubling, with jitter, and from the start again after a good connection. */
final class ReconnectDelay {

    static final Duration AFTER_UNAUTHORIZED = Duration.ofSeconds(30);

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration GOOD_CONNECTION = Duration.ofSeconds(60);

    private final DoubleSupplier random;
    private Duration next = FIRST;

    /** The random numbers are from 0 to 1. */
    ReconnectDelay(DoubleSupplier random) {
        this.random = random;
    }

    Duration afterConnectionOf(Duration connected) {
        if (connected.compareTo(GOOD_CONNECTION) >= 0) {
            next = FIRST;
        }
        var delay = jittered(next);
        next = next.multipliedBy(2).compareTo(LONGEST) < 0 ? next.multipliedBy(2) : LONGEST;
        return delay;
    }

    /** Soon: the proxy has said that it would go, and others or itself will be there. */
    Duration afterDrain() {
        next = FIRST;
        return jittered(FIRST);
    }

    DoubleSupplier random() {
        return random;
    }

    /** What a {@code Retry-After} in seconds asks for, within reason. */
    static Duration asked(String retryAfter) {
        return retryAfter.matches("\\d{1,4}")
                ? Duration.ofSeconds(Math.min(Long.parseLong(retryAfter), LONGEST.toSeconds()))
                : Duration.ZERO;
    }

    private Duration jittered(Duration delay) {
        var share = 0.5 + random.getAsDouble() / 2;
        return Duration.ofMillis((long) (delay.toMillis() * share));
    }
}

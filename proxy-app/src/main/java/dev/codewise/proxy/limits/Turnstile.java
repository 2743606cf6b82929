package dev.codewise.proxy.limits;

import dev.codewise.proxy.access.KeyLimits;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Lets the requests of a key in: so many a minute, and so many at once. */
final class Turnstile {

    /** Nobody knows when one of those that are inside leaves. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private final TimeMeter time;
    private @Nullable Rate rate;
    private @Nullable Long places;
    private int inside;

    Turnstile(TimeMeter time) {
        this.time = time;
    }

    synchronized void limitTo(KeyLimits limits) {
        rate = Rate.of(limits.requestsPerMinute(), rate, time);
        places = limits.concurrentRequests();
    }

    /** Fails where it is one too many; what is let in leaves, however it ends. */
    synchronized void enter() {
        if (isFull()) {
            throw new LimitReached(
                    Limit.CONCURRENT_REQUESTS,
                    "No more than " + places + " of this key's requests may be under way at once.",
                    SOON);
        }
        takeOne();
        inside++;
    }

    private void takeOne() {
        if (rate != null) {
            Duration wait = rate.take(1);
            if (!wait.isZero()) {
                throw new LimitReached(
                        Limit.REQUESTS_PER_MINUTE, "This key may make " + rate.limit() + " requests a minute.", wait);
            }
        }
    }

    synchronized boolean isFull() {
        return places != null && inside >= places;
    }

    synchronized void leave() {
        inside--;
    }

    synchronized int inside() {
        return inside;
    }

    synchronized @Nullable Rate rate() {
        return rate;
    }
}

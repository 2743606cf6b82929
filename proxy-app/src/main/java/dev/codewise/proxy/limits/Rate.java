package dev.codewise.proxy.limits;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** So much a minute: a bucket that holds what may be used in one, and is filled evenly. It may be overdrawn, and is then refilled first. */
final class Rate {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static final Duration NEVER = Duration.ofSeconds(Long.MAX_VALUE);

    private final long limit;
    private final Bucket bucket;

    Rate(long limit, TimeMeter time) {
        this.limit = limit;
        this.bucket = Bucket.builder()
                .addLimit(bandwidth -> bandwidth.capacity(limit).refillGreedy(limit, MINUTE))
                .withCustomTimePrecision(time)
                .build();
    }

    /** The one there was, unless the limit is another one now: then it begins with a full minute. */
    static @Nullable Rate of(@Nullable Long limit, @Nullable Rate before, TimeMeter time) {
        if (limit == null) {
            return null;
        }
        return before != null && before.limit == limit ? before : new Rate(limit, time);
    }

    long limit() {
        return limit;
    }

    long remaining() {
        return Math.max(0, bucket.getAvailableTokens());
    }

    /** Nothing where so much was there and is taken, else how long until it is. More than the limit is never there. */
    Duration take(long amount) {
        if (amount > limit) {
            return NEVER;
        }
        var probe = bucket.tryConsumeAndReturnRemaining(amount);
        return probe.isConsumed() ? Duration.ZERO : Duration.ofNanos(probe.getNanosToWaitForRefill());
    }

    /** Takes what there is, and says how much that was. */
    long takeRest() {
        return bucket.tryConsumeAsMuchAsPossible();
    }

    /** Of what was taken, so much was used, which may be more. */
    void settle(long taken, long used) {
        if (used > taken) {
            bucket.consumeIgnoringRateLimits(used - taken);
        } else if (used < taken) {
            bucket.addTokens(taken - used);
        }
    }

    /** How long until so much is there. */
    Duration until(long amount) {
        return Duration.ofNanos(bucket.estimateAbilityToConsume(amount).getNanosToWaitForRefill());
    }

    Duration untilFull() {
        return until(limit);
    }
}

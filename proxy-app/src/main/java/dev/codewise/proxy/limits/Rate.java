package dev.codewise.proxy.limits;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.TokensInheritanceStrategy;
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

    private Rate(long limit, Bucket bucket) {
        this.limit = limit;
        this.bucket = bucket;
    }

    /** The one there was, also where the limit is another one now: of that the same share is used, or owed. */
    static @Nullable Rate of(@Nullable Long limit, @Nullable Rate before, TimeMeter time) {
        if (limit == null) {
            return null;
        }
        return before == null ? new Rate(limit, time) : before.of(limit);
    }

    private Rate of(long other) {
        if (other == limit) {
            return this;
        }
        var changed = BucketConfiguration.builder()
                .addLimit(bandwidth -> bandwidth.capacity(other).refillGreedy(other, MINUTE))
                .build();
        bucket.replaceConfiguration(changed, TokensInheritanceStrategy.PROPORTIONALLY);
        return new Rate(other, bucket);
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

package dev.codewise.proxy.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One secret that was good when it was read, who has it, and until when it is.
 *
 * @param limits of a key; an agent has none
 */
record HeldKey<T>(
        String id, KeyHash hash, T holder, @Nullable Instant validUntil, KeyLimits limits) {

    boolean opensFor(KeyHash presented, Instant now) {
        return hash.matches(presented) && isGood(now);
    }

    boolean isGood(Instant now) {
        return validUntil == null || now.isBefore(validUntil);
    }
}

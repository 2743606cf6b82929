package dev.codewise.proxy.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One secret of a key that was good when it was read, and until when it is. */
record HeldKey(
        String id, KeyHash hash, Caller caller, @Nullable Instant validUntil, KeyLimits limits) {

    boolean opensFor(KeyHash presented, Instant now) {
        return hash.matches(presented) && (validUntil == null || now.isBefore(validUntil));
    }
}

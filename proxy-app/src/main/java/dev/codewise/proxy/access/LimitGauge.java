package dev.codewise.proxy.access;

import java.util.Optional;

/** Knows how far keys have come with their limits. */
@FunctionalInterface
public interface LimitGauge {

    /** Empty for a key without limits. */
    Optional<LimitUse> of(String keyId);
}

package dev.codewise.proxy.limits;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What can be measured of limits: what was refused, and what could only be guessed. */
final class LimitMetrics {

    private final MeterRegistry registry;
    private final Counter unpriced;
    private final Counter untold;

    LimitMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.unpriced = Counter.builder("codewise.limits.unpriced")
                .description("Requests of limited keys whose model has no price, counted as the dearest that has one")
                .register(registry);
        this.untold = Counter.builder("codewise.limits.untold")
                .description("Requests of limited keys of which nobody told the tokens, so that none were counted")
                .register(registry);
        for (Limit limit : Limit.values()) {
            refusals(limit);
        }
    }

    void refused(Limit limit) {
        refusals(limit).increment();
    }

    private Counter refusals(Limit limit) {
        return Counter.builder("codewise.limits.refused")
                .description("Requests that a limit of their key refused")
                .tag("limit", limit.tag())
                .register(registry);
    }

    void unpriced() {
        unpriced.increment();
    }

    void untold() {
        untold.increment();
    }
}

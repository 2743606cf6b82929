package dev.codewise.proxy.ledger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** What can be measured of the ledger: how many entries wait, and how many were never written. */
final class LedgerMetrics {

    private final MeterRegistry registry;
    private final Counter lost;

    LedgerMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.lost = Counter.builder("codewise.ledger.lost")
                .description("Requests that have no entry, because the database was away for too long or refused them")
                .register(registry);
    }

    void watch(LedgerQueue waiting) {
        Gauge.builder("codewise.ledger.waiting", waiting, LedgerQueue::size)
                .description("Requests that are over and not yet written")
                .register(registry);
    }

    void lost(int entries) {
        lost.increment(entries);
    }
}

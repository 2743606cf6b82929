package dev.codewise.proxy.agent;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** When an agent's id last went over to another program: two that both have it must not throw each other out for ever. */
final class Replacements {

    static final Duration PAUSE = Duration.ofSeconds(10);

    private final LongSupplier nanoTime;
    private final Map<String, Long> byId = new HashMap<>();

    Replacements(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Whether the id may go over now; if so, not again for a while. */
    synchronized boolean allow(String agentId) {
        long now = nanoTime.getAsLong();
        byId.values().removeIf(before -> now - before >= PAUSE.toNanos());
        return byId.putIfAbsent(agentId, now) == null;
    }
}

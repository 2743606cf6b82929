package dev.codewise.proxy.agent;

import java.time.Duration;
import java.util.function.LongSupplier;

/** When an agent was last heard of, by a clock that nobody sets. */
final class SignsOfLife {

    private final LongSupplier nanoTime;
    private volatile long last;
    private volatile boolean missed;

    SignsOfLife(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.last = nanoTime.getAsLong();
    }

    /** Returns whether it had been missed. */
    boolean heard() {
        last = nanoTime.getAsLong();
        boolean before = missed;
        missed = false;
        return before;
    }

    /** It should have been heard of by now. */
    void miss() {
        missed = true;
    }

    boolean isMissed() {
        return missed;
    }

    Duration quiet() {
        return Duration.ofNanos(nanoTime.getAsLong() - last);
    }
}

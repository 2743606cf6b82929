package dev.codewise.proxy.agent.ingest;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How many messages somebody may post: so many a second, and as many more at one time as were saved up. */
public final class Allowance {

    public static final int PER_SECOND = 500;
    public static final int SAVED_UP = 1000;

    private static final long NANOS_EACH = Duration.ofSeconds(1).toNanos() / PER_SECOND;
    private static final long NANOS_SAVED_UP = SAVED_UP * NANOS_EACH;

    private final LongSupplier nanoTime;
    private long paidUntil;

    public Allowance(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.paidUntil = nanoTime.getAsLong() - NANOS_SAVED_UP;
    }

    /** Takes so many messages if they are allowed now. */
    public synchronized boolean take(int messages) {
        boolean allowed = debtAfter(messages) <= 0;
        if (allowed) {
            paidUntil += messages * NANOS_EACH;
        }
        return allowed;
    }

    /** Takes a message whatever is allowed, and returns how long its sender has to wait with the next one. */
    public synchronized Duration takeInAdvance() {
        long debt = debtAfter(1);
        paidUntil += NANOS_EACH;
        return debt <= 0 ? Duration.ZERO : Duration.ofNanos(debt);
    }

    private long debtAfter(int messages) {
        long now = nanoTime.getAsLong();
        paidUntil = Math.max(paidUntil, now - NANOS_SAVED_UP);
        return paidUntil + messages * NANOS_EACH - now;
    }
}

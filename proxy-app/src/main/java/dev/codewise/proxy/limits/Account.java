package dev.codewise.proxy.limits;

import dev.codewise.proxy.access.KeyLimits;
import java.time.Duration;
import java.time.Instant;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** What is counted of one key that has limits: its requests, and what they spend. */
final class Account {

    /** What ended just before may be written a moment later, so for a while the ledger is asked again. */
    private static final Duration YOUTH = Duration.ofMinutes(1);

    private static final Duration BETWEEN_READINGS = Duration.ofSeconds(5);

    private final String keyId;
    private final Turnstile turnstile;
    private final Spending spending;
    private final Instant opened;
    private final Sinks.Empty<Void> known = Sinks.empty();
    private volatile boolean settled;
    private volatile Instant nextReading = Instant.MIN;

    Account(String keyId, LimitTime time) {
        this.keyId = keyId;
        this.turnstile = new Turnstile(time.minutes());
        this.spending = new Spending(time);
        this.opened = time.days().instant();
    }

    void limitTo(KeyLimits limits) {
        turnstile.limitTo(limits);
        spending.limitTo(limits);
    }

    /** What was spent since then is counted here, whatever the ledger tells of it. */
    Instant opened() {
        return opened;
    }

    /** Whether the ledger is to be asked what was spent earlier. */
    boolean isDue(Instant now) {
        return !now.isBefore(nextReading);
    }

    void spentEarlier(Spent told, Instant asOf) {
        spending.spentEarlier(told, asOf);
        Instant next = asOf.plus(BETWEEN_READINGS);
        nextReading = next.isAfter(opened.plus(YOUTH)) ? Instant.MAX : next;
        settle();
    }

    /** From now on what is known has to do. */
    void settle() {
        settled = true;
        known.tryEmitEmpty();
    }

    boolean isSettled() {
        return settled;
    }

    /** Completes when the ledger has told what was spent earlier, or nobody waits for it any longer. */
    Mono<Void> settled() {
        return known.asMono();
    }

    String keyId() {
        return keyId;
    }

    Turnstile turnstile() {
        return turnstile;
    }

    Spending spending() {
        return spending;
    }
}

package dev.codewise.proxy.access;

import dev.codewise.proxy.pulse.Pulse;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import reactor.core.publisher.Mono;

/** Notes of what has been done already, on their way into the audit trail: nobody waits for them, and they wait for the database. */
final class LateNotes {

    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_STATEMENT = Duration.ofSeconds(5);

    private final AuditTrail trail;
    private final ArrayBlockingQueue<Deed> waiting;

    LateNotes(AuditTrail trail, int mostWaiting) {
        this.trail = trail;
        this.waiting = new ArrayBlockingQueue<>(mostWaiting);
    }

    /** False where too many wait already. */
    boolean add(Deed deed) {
        return waiting.offer(deed);
    }

    Pulse pulse(String work) {
        return Pulse.every(PAUSE, work, this::write).andAtTheEnd(this::write);
    }

    /** One that cannot be written waits for the next time. */
    private Mono<Void> write() {
        return Mono.fromSupplier(waiting::peek)
                .flatMap(this::write)
                .repeat(() -> !waiting.isEmpty())
                .then();
    }

    private Mono<Void> write(Deed deed) {
        return trail.note(deed.actor(), deed.action(), deed.subject(), deed.detail())
                .timeout(LONGEST_STATEMENT)
                .then(Mono.fromRunnable(waiting::remove));
    }
}

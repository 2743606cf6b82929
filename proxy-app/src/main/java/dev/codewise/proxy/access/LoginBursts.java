package dev.codewise.proxy.access;

import dev.codewise.proxy.pulse.Pulse;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Takes note of each address that guesses, once for each time it does. Whoever is refused does not wait for that. */
final class LoginBursts {

    private static final Logger LOG = LoggerFactory.getLogger(LoginBursts.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_STATEMENT = Duration.ofSeconds(5);

    /** A flood from many addresses is one event, of which so many lines say enough. */
    private static final int MOST_WAITING = 100;

    private final AuditTrail trail;
    private final ArrayBlockingQueue<Actor> waiting = new ArrayBlockingQueue<>(MOST_WAITING);

    LoginBursts(AuditTrail trail) {
        this.trail = trail;
    }

    void began(Optional<InetAddress> address) {
        var stranger = Actor.stranger(address);
        if (waiting.offer(stranger)) {
            LOG.atWarn()
                    .addKeyValue("address", stranger.address())
                    .log("Too many wrong credentials came from one address; its further ones have to wait");
        }
    }

    Pulse pulse() {
        return Pulse.every(PAUSE, "to note refused logins", this::write).andAtTheEnd(this::write);
    }

    /** One that cannot be written waits for the next time. */
    private Mono<Void> write() {
        return Mono.fromSupplier(waiting::peek)
                .flatMap(this::write)
                .repeat(() -> !waiting.isEmpty())
                .then();
    }

    private Mono<Void> write(Actor stranger) {
        return trail.note(stranger, "login.refused", "credentials", null)
                .timeout(LONGEST_STATEMENT)
                .then(Mono.fromRunnable(waiting::remove));
    }
}

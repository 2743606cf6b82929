package dev.codewise.proxy.access;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Takes note of each address that guesses, once for each time it does. Whoever is refused does not wait for that. */
final class LoginBursts implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(LoginBursts.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_STATEMENT = Duration.ofSeconds(5);

    /** A flood from many addresses is one event, of which so many lines say enough. */
    private static final int MOST_WAITING = 100;

    private final AuditTrail trail;
    private final ArrayBlockingQueue<Actor> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Disposable.Swap writing = Disposables.swap();
    private volatile boolean running;

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

    @Override
    public void start() {
        running = true;
        writing.update(Flux.interval(PAUSE)
                .onBackpressureDrop()
                .concatMap(tick -> write(), 1)
                .subscribe());
    }

    /** One that cannot be written waits for the next time. */
    private Mono<Void> write() {
        return Mono.fromSupplier(waiting::peek)
                .flatMap(this::write)
                .repeat(() -> !waiting.isEmpty())
                .onErrorResume(failure -> Mono.fromRunnable(() -> failed(failure)))
                .then();
    }

    private Mono<Void> write(Actor stranger) {
        return trail.note(stranger, "login.refused", "credentials", null)
                .timeout(LONGEST_STATEMENT)
                .then(Mono.fromRunnable(waiting::remove));
    }

    private static void failed(Throwable failure) {
        LOG.debug("Refused logins could not be noted: {}", failure.getMessage());
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public void stop(Runnable callback) {
        running = false;
        writing.update(write().doFinally(end -> callback.run()).subscribe());
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}

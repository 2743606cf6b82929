package dev.codewise.proxy.pulse;

import java.time.Duration;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The beat of one piece of work beside the requests: at the start of the proxy, and again after each pause. What fails is
 * tried again at the next beat; a beat that takes longer than the pause has none beside it.
 */
public final class Pulse implements SmartLifecycle {

    /** Below the web server's, so that it stops later: what the last requests leave behind is seen to. */
    private static final int PHASE = DEFAULT_PHASE - 4096;

    private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);
    private static final Duration LAST_CHANCE = Duration.ofSeconds(4);

    private final String work;
    private final Duration pause;
    private final Supplier<? extends Publisher<?>> beat;
    private final Supplier<? extends Publisher<?>> lastBeat;
    private final Disposable.Swap beating = Disposables.swap();
    private volatile boolean running;

    private Pulse(
            String work,
            Duration pause,
            Supplier<? extends Publisher<?>> beat,
            Supplier<? extends Publisher<?>> lastBeat) {
        this.work = work;
        this.pause = pause;
        this.beat = beat;
        this.lastBeat = lastBeat;
    }

    /** The work is named for the log, as in "to look for new keys". */
    public static Pulse every(Duration pause, String work, Supplier<? extends Publisher<?>> beat) {
        return new Pulse(work, pause, beat, Mono::empty);
    }

    /** The same, and this is done once at the end, for which there are a few seconds. */
    public Pulse andAtTheEnd(Supplier<? extends Publisher<?>> last) {
        return new Pulse(work, pause, beat, last);
    }

    @Override
    public void start() {
        running = true;
        beating.update(Flux.interval(Duration.ZERO, pause)
                .onBackpressureDrop()
                .concatMap(tick -> attempt(beat), 1)
                .subscribe());
    }

    private Mono<Void> attempt(Supplier<? extends Publisher<?>> deed) {
        return Mono.defer(() -> Mono.when(deed.get()))
                .onErrorResume(failure -> Mono.fromRunnable(() -> failed(failure)));
    }

    /** Whose work should be seen to by somebody says so itself, and once; this would say it at each beat. */
    private void failed(Throwable failure) {
        LOG.debug("It was not possible {}: {}", work, failure.getMessage());
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public void stop(Runnable callback) {
        if (!running) {
            callback.run();
            return;
        }
        running = false;
        beating.update(Disposables.disposed());
        beating.update(attempt(() -> Mono.when(lastBeat.get()).timeout(LAST_CHANCE))
                .doFinally(end -> callback.run())
                .subscribe());
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}

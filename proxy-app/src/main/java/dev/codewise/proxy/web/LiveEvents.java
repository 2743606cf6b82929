package dev.codewise.proxy.web;

import java.time.Duration;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Signal;

/**
 * Sends events as they come, with beats while there is nothing to tell.
 *
 * <p>A failure before the first of them stays one, so that it can still become a status; afterwards it is told in last events.
 */
public final class LiveEvents {

    /** A beat that every reader of events passes over. */
    public static final String COMMENT = ": keep-alive\n\n";

    private final Duration pause;
    private final String beat;

    public LiveEvents(Duration pause, String beat) {
        this.pause = pause;
        this.beat = beat;
    }

    /**
     * The end comes after the events' own, so that nobody takes an answered request for one that was hung up, and a failure after
     * what happened before it.
     */
    public Flux<String> of(Flux<String> events, Function<Throwable, Flux<String>> lastEvents) {
        return Flux.merge(1, events.materialize(), beats())
                .<String>dematerialize()
                .switchOnFirst((first, all) -> first.hasValue() ? all.onErrorResume(lastEvents) : all);
    }

    /** At their own pace, news or not; one that finds no room is left out. */
    private Flux<Signal<String>> beats() {
        return Flux.interval(pause).onBackpressureDrop().map(tick -> Signal.next(beat));
    }
}

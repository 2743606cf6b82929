package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.CompletionEvent;
import java.time.Duration;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Turns what happens to a completion into the events that a client reads, with beats while there is nothing to tell.
 *
 * <p>A failure before the first of them stays one, so that it can still become a status; afterwards it is the last event but one.
 */
final class ChatStream {

    static final String BEAT = ": keep-alive\n\n";

    private final Duration beat;

    ChatStream(Duration beat) {
        this.beat = beat;
    }

    Flux<String> of(
            Flux<CompletionEvent> completion, AnswerFormat.Events events, Function<Throwable, String> errorEvent) {
        return Flux.merge(1, told(completion, events), beats())
                .takeUntil(ChunkFrame.DONE::equals)
                .switchOnFirst((first, all) -> first.hasValue() ? sayingWhyItBreaks(all, errorEvent) : all);
    }

    /** The end comes after the completion's own, so that nobody takes an answered request for one that was hung up. */
    private static Flux<String> told(Flux<CompletionEvent> completion, AnswerFormat.Events events) {
        return completion.map(events::of).filter(text -> !text.isEmpty()).concatWith(Mono.defer(events::end));
    }

    /** At their own pace, news or not; one that finds no room is left out. */
    private Flux<String> beats() {
        return Flux.interval(beat).onBackpressureDrop().map(tick -> BEAT);
    }

    private static Flux<String> sayingWhyItBreaks(Flux<String> events, Function<Throwable, String> errorEvent) {
        return events.onErrorResume(failure -> Flux.just(errorEvent.apply(failure), ChunkFrame.DONE));
    }
}

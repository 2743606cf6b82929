package dev.codewise.proxy.anthropic;

import dev.codewise.proxy.anthropic.MessageEvent.Ping;
import dev.codewise.proxy.completion.CompletionEvent;
import java.time.Duration;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns what happens to a completion into the events that a client reads, with pings while there is nothing to tell.
 *
 * <p>A failure before the first of them stays one, so that it can still become a status; afterwards it is the last event.
 */
final class MessageStream {

    private final Duration beat;
    private final ObjectWriter json;

    MessageStream(Duration beat, JsonMapper json) {
        this.beat = beat;
        this.json = json.writer().with(new LineEnds());
    }

    Flux<String> of(Flux<CompletionEvent> completion, Message frame, Function<Throwable, String> errorEvent) {
        return Flux.merge(1, told(completion, new MessageEvents(frame)), pings())
                .takeUntil(MessageEvents.END::equals)
                .map(this::text)
                .switchOnFirst((first, all) -> first.hasValue() ? sayingWhyItBreaks(all, errorEvent) : all);
    }

    /** The end comes after the completion's own, so that nobody takes an answered request for one that was hung up. */
    private static Flux<MessageEvent> told(Flux<CompletionEvent> completion, MessageEvents events) {
        return completion.concatMapIterable(events::of, 1).concatWith(Mono.defer(events::end));
    }

    /** At their own pace, news or not; one that finds no room is left out. */
    private Flux<MessageEvent> pings() {
        return Flux.interval(beat).onBackpressureDrop().map(tick -> new Ping());
    }

    private String text(MessageEvent event) {
        return "event: " + event.type() + "\ndata: " + json.writeValueAsString(event) + "\n\n";
    }

    private static Flux<String> sayingWhyItBreaks(Flux<String> events, Function<Throwable, String> errorEvent) {
        return events.onErrorResume(failure -> Mono.just(errorEvent.apply(failure)));
    }
}

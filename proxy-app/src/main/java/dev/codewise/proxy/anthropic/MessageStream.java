package dev.codewise.proxy.anthropic;

import dev.codewise.proxy.anthropic.MessageEvent.Ping;
import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.web.LineEnds;
import dev.codewise.proxy.web.LiveEvents;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** Turns what happens to a completion into the events that a client reads, with pings while there is nothing to tell. */
final class MessageStream {

    private final ObjectWriter json;
    private final LiveEvents live;

    MessageStream(Duration beat, JsonMapper json) {
        this.json = json.writer().with(new LineEnds());
        this.live = new LiveEvents(beat, text(new Ping()));
    }

    /** @param comments what there is to say beside the events, or nothing */
    Flux<String> of(
            Flux<CompletionEvent> completion,
            Message frame,
            Supplier<String> comments,
            Function<Throwable, String> errorEvent) {
        return live.of(
                told(completion, new MessageEvents(frame)).map(event -> comments.get() + text(event)),
                failure -> Flux.just(errorEvent.apply(failure)));
    }

    /** A failure comes after what happened before it. */
    private static Flux<MessageEvent> told(Flux<CompletionEvent> completion, MessageEvents events) {
        return completion
                .concatMapDelayError(event -> Flux.fromIterable(events.of(event)), 1)
                .concatWith(Mono.defer(events::end));
    }

    private String text(MessageEvent event) {
        return "event: " + event.type() + "\ndata: " + json.writeValueAsString(event) + "\n\n";
    }
}

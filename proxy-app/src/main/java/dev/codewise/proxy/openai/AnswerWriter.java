package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.web.LiveEvents;
import dev.codewise.proxy.web.LongWait;
import dev.codewise.proxy.web.PacedEvents;
import java.time.Clock;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Writes answers onto the wire, in one piece or as they come. */
final class AnswerWriter {

    private final LiveEvents live;
    private final LongWait wait;
    private final OpenAiErrors errors;
    private final JsonMapper json;
    private final Clock clock;

    AnswerWriter(LiveEvents live, LongWait wait, OpenAiErrors errors, JsonMapper json, Clock clock) {
        this.live = live;
        this.wait = wait;
        this.errors = errors;
        this.json = json;
        this.clock = clock;
    }

    Mono<Void> inOnePiece(Question question, Flux<CompletionEvent> completion, ServerHttpResponse response) {
        response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
        ChatHead head = ChatHead.of(question, clock.instant());
        String id = question.asked().id();
        Mono<byte[]> body = whole(completion)
                .map(answer -> question.format().whole(head, answer))
                .map(json::writeValueAsBytes);
        return response.writeAndFlushWith(wait.of(body, failure -> errors.body(failure, id))
                .map(bytes -> Mono.just(response.bufferFactory().wrap(bytes))));
    }

    private static Mono<WholeAnswer> whole(Flux<CompletionEvent> completion) {
        return Mono.fromSupplier(WholeAnswer::new)
                .flatMap(answer -> completion.doOnNext(answer::add).then(Mono.just(answer)));
    }

    /**
     * Every event is flushed; the status is fixed by the first one.
     *
     * @param comments what there is to say beside the events, or nothing
     */
    Mono<Void> asStream(
            Question question,
            Flux<CompletionEvent> completion,
            Supplier<String> comments,
            ServerHttpResponse response) {
        HttpHeaders headers = response.getHeaders();
        headers.setContentType(MediaType.TEXT_EVENT_STREAM);
        headers.setCacheControl("no-cache");
        headers.set("x-accel-buffering", "no");
        String id = question.asked().id();
        var frame = ChunkFrame.of(question, ChatHead.of(question, clock.instant()), json);
        var chunks = question.format().chunks(frame);
        Flux<String> events = completion.map(event -> comments.get() + event.tell(chunks));
        return PacedEvents.write(
                live.of(
                        events.filter(text -> !text.isEmpty()).concatWithValues(ChunkFrame.DONE),
                        failure -> Flux.just(errors.event(failure, id), ChunkFrame.DONE)),
                response);
    }
}

package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.CompletionEvent;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Writes answers onto the wire, in one piece or as they come. */
final class AnswerWriter {

    private final ChatStream stream;
    private final OpenAiErrors errors;
    private final JsonMapper json;
    private final Clock clock;

    AnswerWriter(ChatStream stream, OpenAiErrors errors, JsonMapper json, Clock clock) {
        this.stream = stream;
        this.errors = errors;
        this.json = json;
        this.clock = clock;
    }

    Mono<Void> inOnePiece(Question question, Flux<CompletionEvent> completion, ServerHttpResponse response) {
        response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
        ChatHead head = ChatHead.of(question, clock.instant());
        return response.writeWith(completion
                .collect(WholeAnswer::new, WholeAnswer::add)
                .map(answer -> question.format().whole(head, answer))
                .map(json::writeValueAsBytes)
                .map(response.bufferFactory()::wrap));
    }

    /** Every event is flushed; the status is fixed by the first one. */
    Mono<Void> asStream(Question question, Flux<CompletionEvent> completion, ServerHttpResponse response) {
        HttpHeaders headers = response.getHeaders();
        headers.setContentType(MediaType.TEXT_EVENT_STREAM);
        headers.setCacheControl("no-cache");
        headers.set("x-accel-buffering", "no");
        String id = question.asked().id();
        var frame = ChunkFrame.of(question, ChatHead.of(question, clock.instant()), json);
        var events = question.format().events(frame);
        return response.writeAndFlushWith(stream.of(completion, events, failure -> errors.event(failure, id))
                .map(event -> Mono.just(buffer(event, response))));
    }

    private static DataBuffer buffer(String text, ServerHttpResponse response) {
        return response.bufferFactory().wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}

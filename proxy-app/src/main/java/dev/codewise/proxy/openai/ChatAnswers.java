package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.web.RequestId;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Writes answers onto the wire, in one piece or as they come. */
final class ChatAnswers {

    private final ChatStream stream;
    private final OpenAiErrors errors;
    private final JsonMapper json;
    private final Clock clock;

    ChatAnswers(ChatStream stream, OpenAiErrors errors, JsonMapper json, Clock clock) {
        this.stream = stream;
        this.errors = errors;
        this.json = json;
        this.clock = clock;
    }

    Mono<Void> inOnePiece(ChatRequest request, Flux<CompletionEvent> completion, ServerWebExchange exchange) {
        ServerHttpResponse response = start(request, exchange, MediaType.APPLICATION_JSON);
        ChatHead head = headFor(request, exchange);
        return response.writeWith(completion
                .collect(() -> new WholeAnswer(head), WholeAnswer::add)
                .map(WholeAnswer::completion)
                .map(json::writeValueAsBytes)
                .map(response.bufferFactory()::wrap));
    }

    /** Every event is flushed; the status is fixed by the first one. */
    Mono<Void> asStream(ChatRequest request, Flux<CompletionEvent> completion, ServerWebExchange exchange) {
        ServerHttpResponse response = start(request, exchange, MediaType.TEXT_EVENT_STREAM);
        response.getHeaders().setCacheControl("no-cache");
        response.getHeaders().set("x-accel-buffering", "no");
        String id = RequestId.of(exchange);
        var chunks = ChatChunks.of(headFor(request, exchange), request, json);
        return response.writeAndFlushWith(stream.of(completion, chunks, failure -> errors.event(failure, id))
                .map(event -> Mono.just(buffer(event, response))));
    }

    private static ServerHttpResponse start(ChatRequest request, ServerWebExchange exchange, MediaType type) {
        ServerHttpResponse response = exchange.getResponse();
        HttpHeaders headers = response.getHeaders();
        headers.setContentType(type);
        String ignored = new OtherFields(request.others()).ignored();
        if (!ignored.isEmpty()) {
            headers.set(OtherFields.IGNORED, ignored);
        }
        return response;
    }

    private ChatHead headFor(ChatRequest request, ServerWebExchange exchange) {
        return ChatHead.of(RequestId.of(exchange), clock.instant(), String.valueOf(request.model()));
    }

    private static DataBuffer buffer(String event, ServerHttpResponse response) {
        return response.bufferFactory().wrap(event.getBytes(StandardCharsets.UTF_8));
    }
}

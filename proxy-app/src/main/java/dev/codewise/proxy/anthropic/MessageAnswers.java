package dev.codewise.proxy.anthropic;

import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.web.RequestId;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Writes answers onto the wire, in one piece or as they come. */
final class MessageAnswers {

    private final MessageStream stream;
    private final AnthropicErrors errors;
    private final JsonMapper json;

    MessageAnswers(MessageStream stream, AnthropicErrors errors, JsonMapper json) {
        this.stream = stream;
        this.errors = errors;
        this.json = json;
    }

    Mono<Void> inOnePiece(Question question, Flux<CompletionEvent> completion, ServerWebExchange exchange) {
        ServerHttpResponse response = start(exchange, MediaType.APPLICATION_JSON);
        return response.writeWith(sayingWhatIsIgnored(completion, question, response)
                .collect(() -> new WholeMessage(frame(question, exchange), json), WholeMessage::add)
                .map(WholeMessage::message)
                .map(json::writeValueAsBytes)
                .map(response.bufferFactory()::wrap));
    }

    /** Every event is flushed; the status is fixed by the first one. */
    Mono<Void> asStream(Question question, Flux<CompletionEvent> completion, ServerWebExchange exchange) {
        ServerHttpResponse response = start(exchange, MediaType.TEXT_EVENT_STREAM);
        response.getHeaders().setCacheControl("no-cache");
        response.getHeaders().set("x-accel-buffering", "no");
        String id = RequestId.of(exchange);
        Flux<CompletionEvent> noted = sayingWhatIsIgnored(completion, question, response);
        return response.writeAndFlushWith(
                stream.of(noted, frame(question, exchange), failure -> errors.event(failure, id))
                        .map(events -> Mono.just(SseText.buffer(events, response))));
    }

    private static ServerHttpResponse start(ServerWebExchange exchange, MediaType type) {
        ServerHttpResponse response = exchange.getResponse();
        response.getHeaders().setContentType(type);
        response.getHeaders().set(AnthropicErrors.REQUEST_ID, RequestId.of(exchange));
        return response;
    }

    private static Message frame(Question question, ServerWebExchange exchange) {
        String id = RequestId.of(exchange).replaceFirst("^req_", "msg_");
        return Message.begun(id, question.asked().model());
    }

    private static Flux<CompletionEvent> sayingWhatIsIgnored(
            Flux<CompletionEvent> completion, Question question, ServerHttpResponse response) {
        return completion.doOnNext(event -> note(event, question.ignored(), response));
    }

    /** Who takes the request says it, and the last who does counts; once a beat has been sent it is too late. */
    private static void note(CompletionEvent event, IgnoredFields ignored, ServerHttpResponse response) {
        if (event instanceof Taken taken && !response.isCommitted()) {
            String names = ignored.with(taken.unheeded());
            if (names.isEmpty()) {
                response.getHeaders().remove(IgnoredFields.HEADER);
            } else {
                response.getHeaders().set(IgnoredFields.HEADER, names);
            }
        }
    }
}

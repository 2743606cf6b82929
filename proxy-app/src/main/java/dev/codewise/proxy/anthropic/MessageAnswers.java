package dev.codewise.proxy.anthropic;

import dev.codewise.proxy.completion.AnswerLimit;
import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.WellFormed;
import dev.codewise.proxy.web.LongWait;
import dev.codewise.proxy.web.PacedEvents;
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
    private final LongWait wait;
    private final AnthropicErrors errors;
    private final JsonMapper json;
    private final boolean strict;

    MessageAnswers(MessageStream stream, LongWait wait, AnthropicErrors errors, JsonMapper json, boolean strict) {
        this.stream = stream;
        this.wait = wait;
        this.errors = errors;
        this.json = json;
        this.strict = strict;
    }

    Mono<Void> inOnePiece(Question question, Served completion, ServerWebExchange exchange) {
        ServerHttpResponse response = start(exchange, MediaType.APPLICATION_JSON);
        String id = RequestId.of(exchange);
        var withoutEffect = announced(question, response);
        Mono<byte[]> body = Mono.fromSupplier(() -> new WholeMessage(frame(question, exchange), json))
                .flatMap(message -> whole(message, completion, withoutEffect))
                .map(json::writeValueAsString)
                .map(WellFormed::utf8);
        return response.writeAndFlushWith(wait.of(body, failure -> errors.body(failure, id))
                .map(bytes -> Mono.just(response.bufferFactory().wrap(bytes))));
    }

    private static Mono<Message> whole(WholeMessage message, Served completion, WithoutEffect withoutEffect) {
        return completion
                .by(answer -> AnswerLimit.ONE_PIECE
                        .kept(answer)
                        .map(withoutEffect::of)
                        .doOnNext(message::add))
                .then(Mono.fromSupplier(message::message));
    }

    /** Every event is flushed; the status is fixed by the first one. */
    Mono<Void> asStream(Question question, Served completion, ServerWebExchange exchange) {
        ServerHttpResponse response = start(exchange, MediaType.TEXT_EVENT_STREAM);
        response.getHeaders().setCacheControl("no-cache");
        response.getHeaders().set("x-accel-buffering", "no");
        String id = RequestId.of(exchange);
        var withoutEffect = announced(question, response);
        Flux<CompletionEvent> noted = completion.by(answer -> answer.map(withoutEffect::of));
        Flux<String> events =
                stream.of(noted, frame(question, exchange), withoutEffect::late, failure -> errors.event(failure, id));
        return PacedEvents.write(events, response);
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

    private WithoutEffect announced(Question question, ServerHttpResponse response) {
        var withoutEffect = new WithoutEffect(question.ignored(), response, strict);
        withoutEffect.announce();
        return withoutEffect;
    }
}

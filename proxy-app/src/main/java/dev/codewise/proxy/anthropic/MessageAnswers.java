package dev.codewise.proxy.anthropic;

import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.web.LongWait;
import dev.codewise.proxy.web.PacedEvents;
import dev.codewise.proxy.web.RequestId;
import dev.codewise.proxy.web.RequestRefused;
import java.util.Set;
import org.springframework.http.HttpStatus;
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

    Mono<Void> inOnePiece(Question question, Flux<CompletionEvent> completion, ServerWebExchange exchange) {
        ServerHttpResponse response = start(exchange, MediaType.APPLICATION_JSON);
        String id = RequestId.of(exchange);
        Mono<byte[]> body = sayingWhatIsIgnored(completion, question, response)
                .collect(() -> new WholeMessage(frame(question, exchange), json), WholeMessage::add)
                .map(WholeMessage::message)
                .map(json::writeValueAsBytes);
        return response.writeAndFlushWith(wait.of(body, failure -> errors.body(failure, id))
                .map(bytes -> Mono.just(response.bufferFactory().wrap(bytes))));
    }

    /** Every event is flushed; the status is fixed by the first one. */
    Mono<Void> asStream(Question question, Flux<CompletionEvent> completion, ServerWebExchange exchange) {
        ServerHttpResponse response = start(exchange, MediaType.TEXT_EVENT_STREAM);
        response.getHeaders().setCacheControl("no-cache");
        response.getHeaders().set("x-accel-buffering", "no");
        String id = RequestId.of(exchange);
        Flux<CompletionEvent> noted = sayingWhatIsIgnored(completion, question, response);
        return PacedEvents.write(
                stream.of(noted, frame(question, exchange), failure -> errors.event(failure, id)), response);
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

    private Flux<CompletionEvent> sayingWhatIsIgnored(
            Flux<CompletionEvent> completion, Question question, ServerHttpResponse response) {
        name(question.ignored().with(Set.of()), response);
        return completion.doOnNext(event -> note(event, question.ignored(), response));
    }

    /** Who takes the request says it, and the last who does counts. */
    private void note(CompletionEvent event, IgnoredFields ignored, ServerHttpResponse response) {
        if (event instanceof Taken taken) {
            name(ignored.with(taken.unheeded()), response);
        }
    }

    /** Once a beat has been sent it is too late for a header, but not for a refusal. */
    private void name(String fields, ServerHttpResponse response) {
        if (strict && !fields.isEmpty()) {
            throw new RequestRefused(
                    HttpStatus.BAD_REQUEST,
                    fields + ": would have no effect here, and CODEWISE_STRICT demands that it has. Leave it out.");
        }
        if (response.isCommitted()) {
            return;
        }
        if (fields.isEmpty()) {
            response.getHeaders().remove(IgnoredFields.HEADER);
        } else {
            response.getHeaders().set(IgnoredFields.HEADER, fields);
        }
    }
}

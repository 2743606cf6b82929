package dev.codewise.proxy.openai.responses;

import dev.codewise.proxy.completion.WellFormed;
import dev.codewise.proxy.openai.OpenAiErrors;
import dev.codewise.proxy.web.LiveEvents;
import dev.codewise.proxy.web.LongWait;
import dev.codewise.proxy.web.PacedEvents;
import dev.codewise.proxy.web.RequestId;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes responses onto the wire, in one piece or as events. */
final class ResponseAnswers {

    private static final String WARNING = "x-codewise-warning";

    private final LiveEvents live;
    private final LongWait wait;
    private final OpenAiErrors errors;
    private final JsonMapper json;

    ResponseAnswers(LiveEvents live, LongWait wait, OpenAiErrors errors, JsonMapper json) {
        this.live = live;
        this.wait = wait;
        this.errors = errors;
        this.json = json;
    }

    Mono<Void> inOnePiece(ResponseRun run, NamedCompletion completion, ServerWebExchange exchange) {
        ServerHttpResponse response = exchange.getResponse();
        response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
        String id = RequestId.of(exchange);
        Mono<byte[]> body = run.events(completion.events())
                .last()
                .map(event -> event.path("response"))
                .doOnNext(whole -> warn(run, whole, response))
                .map(this::written);
        return response.writeAndFlushWith(wait.of(body, failure -> errors.body(failure, id))
                .map(bytes -> Mono.just(response.bufferFactory().wrap(bytes))));
    }

    private static void warn(ResponseRun run, JsonNode whole, ServerHttpResponse response) {
        if (!whole.path("store").equals(run.head().path("store")) && !response.isCommitted()) {
            response.getHeaders().set(WARNING, "the response could not be kept");
        }
    }

    Mono<Void> whole(JsonNode body, ServerWebExchange exchange) {
        ServerHttpResponse response = exchange.getResponse();
        response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
        return response.writeWith(Mono.just(response.bufferFactory().wrap(written(body))));
    }

    /** What was asked comes back in it, and what the client wrote may be half a character. */
    private byte[] written(JsonNode body) {
        return WellFormed.utf8(json.writeValueAsString(body));
    }

    /** Every event is flushed; the status is fixed by the first one. */
    Mono<Void> asStream(ResponseRun run, NamedCompletion completion, ServerWebExchange exchange) {
        var text = new EventText(json);
        String id = RequestId.of(exchange);
        Flux<String> events = run.events(completion.events())
                .map(event -> completion.comments().get() + text.of(event));
        return stream(
                live.of(
                        events,
                        failure -> run.brokenBy(errors.broken(failure, id)).map(text::of)),
                exchange);
    }

    /** What happened before, told once more from this number on. */
    Mono<Void> onceMore(Flux<ObjectNode> told, long from, ServerWebExchange exchange) {
        var text = new EventText(json);
        return stream(live.of(told.map(text::of).skip(from), Flux::error), exchange);
    }

    private static Mono<Void> stream(Flux<String> events, ServerWebExchange exchange) {
        ServerHttpResponse response = exchange.getResponse();
        response.getHeaders().setContentType(MediaType.TEXT_EVENT_STREAM);
        response.getHeaders().setCacheControl("no-cache");
        response.getHeaders().set("x-accel-buffering", "no");
        return PacedEvents.write(events, response);
    }
}

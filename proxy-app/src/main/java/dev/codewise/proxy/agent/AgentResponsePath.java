package dev.codewise.proxy.agent;

import dev.codewise.protocol.Receipt;
import dev.codewise.proxy.web.PostedType;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * The path to which agents post. It is gone for each piece of an answer, so nothing is looked up on it: a handler found by its
 * annotations costs as much as all else that is done with a piece.
 *
 * <p>The receipt is there before the answer begins: what a writer still waits for, it also discards, and so would free a refused
 * body twice.
 */
final class AgentResponsePath implements WebHandler {

    private static final List<MediaType> TAKEN = List.of(MediaType.APPLICATION_JSON, MediaType.APPLICATION_NDJSON);

    private final AgentResponseController controller;
    private final JsonMapper json;

    AgentResponsePath(AgentResponseController controller, JsonMapper json) {
        this.controller = controller;
        this.json = json;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange) {
        return receipt(exchange).flatMap(receipt -> answer(receipt, exchange.getResponse()));
    }

    private Mono<Receipt> receipt(ServerWebExchange exchange) {
        return PostedType.of(exchange.getRequest(), TAKEN).equals(MediaType.APPLICATION_JSON)
                ? controller.post(exchange)
                : controller.stream(exchange);
    }

    private Mono<Void> answer(Receipt receipt, ServerHttpResponse response) {
        byte[] body = json.writeValueAsBytes(receipt);
        response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
        response.getHeaders().setContentLength(body.length);
        return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
    }
}
